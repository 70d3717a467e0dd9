/**
 * multistream-select 1.0: which protocol two ends speak, on a new connection or a new stream. Pure state machines that are
 * fed bytes and say what to answer; one Netty handler drives them on connections, {@code swarm} on streams. Knows nothing of
 * the protocols it chooses between.
 */
@NullMarked
package sotto.libp2p.multistream;

import org.jspecify.annotations.NullMarked;

/**
 * TCP on Netty: the one place where sockets are made, and where the address policy is asked. Gives raw connections as Netty
 * channels; what is done with them is decided in {@code swarm}. Netty's buffers live from here to there and no further.
 */
@NullMarked
package sotto.libp2p.transport;

import org.jspecify.annotations.NullMarked;

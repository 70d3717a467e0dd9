/**
 * Joins the siblings to the left: upgrades raw connections to secured, multiplexed ones, dials, keeps the connections, and
 * leads streams to their handlers. Each limit is its own small class. Knows no protocol that runs on streams.
 */
@NullMarked
package sotto.libp2p.swarm;

import org.jspecify.annotations.NullMarked;

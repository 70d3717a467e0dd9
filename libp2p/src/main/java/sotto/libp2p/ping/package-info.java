/** libp2p's ping: whether the other end lives, and how far away it is. */
@NullMarked
package sotto.libp2p.ping;

import org.jspecify.annotations.NullMarked;

/** Whole hosts, on real sockets of the loopback interface. */
@NullMarked
package sotto.libp2p;

import org.jspecify.annotations.NullMarked;

/** Who and where: peer ids, multiaddresses, and the book of addresses by peer. No I/O. */
@NullMarked
package sotto.libp2p.peer;

import org.jspecify.annotations.NullMarked;

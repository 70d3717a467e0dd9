/**
 * The proof against js-libp2p, another implementation of the same specifications: real hosts of both, in two processes, on
 * loopback. The js peer lives in {@code bench/js}.
 */
@NullMarked
package sotto.bench.interop;

import org.jspecify.annotations.NullMarked;

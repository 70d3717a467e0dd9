/**
 * Bytes and their plainest encodings: varint, base58, base32, bounded readers and writers. Knows nothing of keys, peers or
 * I/O.
 */
@NullMarked
package sotto.libp2p.bytes;

import org.jspecify.annotations.NullMarked;

package sotto.node.contact;

import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;

/** A short local number for a contact, never used twice: the beginning of the keys of everything stored about it. */
public record ContactNumber(int value) {
    /** Big-endian, 4 bytes. */
    public Bytes key() {
        return new ByteWriter().u32(value).toBytes();
    }

    /** The key of row {@code index} of this contact, 12 bytes, ordered by index. */
    public Bytes key(long index) {
        return new ByteWriter().u32(value).u64(index).toBytes();
    }
}

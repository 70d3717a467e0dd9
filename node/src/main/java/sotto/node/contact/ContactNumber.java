package sotto.node.contact;

import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/** A short local number for a contact, never used twice: the beginning of the keys of everything stored about it. */
public record ContactNumber(int value) {
    private static final int NUMBER_BYTES = 4;

    /** Big-endian, 4 bytes. */
    public Bytes key() {
        return new ByteWriter().u32(value).toBytes();
    }

    /** The key of row {@code index} of this contact, 12 bytes, ordered by index. */
    public Bytes key(long index) {
        return new ByteWriter().u32(value).u64(index).toBytes();
    }

    /** Whose row it is that has this key. */
    public static ContactNumber of(Bytes rowKey) {
        try {
            return new ContactNumber((int) new ByteReader(rowKey).u32());
        } catch (WireException impossible) {
            throw new IllegalStateException("a row of a contact has a key of 12 bytes", impossible);
        }
    }

    /** Which row of its contact it is that has this key. */
    public static long indexOf(Bytes rowKey) {
        try {
            return new ByteReader(rowKey.slice(NUMBER_BYTES, rowKey.size())).u64();
        } catch (WireException impossible) {
            throw new IllegalStateException("a row of a contact has a key of 12 bytes", impossible);
        }
    }
}

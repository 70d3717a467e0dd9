package sotto.node.contact;

import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.node.vault.Row;

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
        return Row.decode(rowKey, reader -> new ContactNumber((int) reader.u32()));
    }

    /** Which row of its contact it is that has this key. */
    public static long indexOf(Bytes rowKey) {
        return Row.decode(rowKey.slice(NUMBER_BYTES, rowKey.size()), ByteReader::u64);
    }
}

package sotto.node.vault;

import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * Reads the keys and values of rows. A vault's bytes are authentic, so what was written by this program is what is read: a row
 * that does not decode is a bug of ours and no bad input.
 */
public final class Row {
    private Row() {}

    /** How the bytes of a row become a value. */
    public interface Decoding<T> {
        T from(ByteReader reader) throws WireException;
    }

    public static <T> T decode(Bytes row, Decoding<T> decoding) {
        try {
            return decoding.from(new ByteReader(row));
        } catch (WireException impossible) {
            throw new IllegalStateException("the vault is authentic, so its rows are ours", impossible);
        }
    }

    /** The same for a row that begins with a byte of its version, which must be {@code version}. */
    public static <T> T decode(Bytes row, int version, Decoding<T> decoding) {
        return decode(row, reader -> {
            int found = reader.u8();
            if (found != version) {
                throw new WireException("expected a row of version " + version + ", found " + found);
            }
            return decoding.from(reader);
        });
    }
}

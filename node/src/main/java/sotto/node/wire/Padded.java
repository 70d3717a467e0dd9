package sotto.node.wire;

import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * Content in a plaintext of a size that does not tell its own: a 16-bit length, the content, zeros to the end. Used inside a
 * seal only, so that whoever could probe the padding holds the key already.
 */
public final class Padded {
    private static final int LENGTH_BYTES = 2;

    private Padded() {}

    /** The most content that fits into a plaintext of {@code sizeBytes}. */
    public static int capacity(int sizeBytes) {
        return sizeBytes - LENGTH_BYTES;
    }

    /**
     * {@code content} padded to {@code sizeBytes}.
     *
     * @throws IllegalArgumentException if it does not fit
     */
    public static Bytes pad(Bytes content, int sizeBytes) {
        if (content.size() > capacity(sizeBytes)) {
            throw new IllegalArgumentException(content.size() + " bytes do not fit into " + capacity(sizeBytes));
        }
        byte[] padding = new byte[capacity(sizeBytes) - content.size()];
        return new ByteWriter().field16(content).raw(padding).toBytes();
    }

    /** The content again; any malformation gives the one same error. */
    public static Bytes unpad(Bytes padded) throws WireException {
        ByteReader in = new ByteReader(padded);
        int sizeBytes = in.remaining() < LENGTH_BYTES ? Integer.MAX_VALUE : in.u16();
        if (sizeBytes > in.remaining()) {
            throw malformed();
        }
        Bytes content = in.raw(sizeBytes);
        byte anyBit = 0;
        for (byte padding : in.rest().toArray()) {
            anyBit |= padding;
        }
        if (anyBit != 0) {
            throw malformed();
        }
        return content;
    }

    private static WireException malformed() {
        return new WireException("malformed padding");
    }
}

package sotto.node.wire;

import java.nio.charset.StandardCharsets;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/** What holds for every text on the wire: it is UTF-8, and bounded in bytes rather than characters. */
final class WireText {
    private WireText() {}

    /** {@code text} as it will arrive: halves of surrogate pairs, which UTF-8 cannot carry, become question marks. */
    static String encodable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** For texts of our own: one that is too long is a bug of the caller, who has asked for it and should have checked. */
    static String checked(String text, int sizeBytesMax) {
        String encodable = encodable(text);
        int sizeBytes = Bytes.utf8(encodable).size();
        if (sizeBytes > sizeBytesMax) {
            throw new IllegalArgumentException("a text of " + sizeBytes + " bytes, at most " + sizeBytesMax);
        }
        return encodable;
    }

    /** For texts from outside, before they are decoded. */
    static Bytes bounded(Bytes text, int sizeBytesMax) throws WireException {
        if (text.size() > sizeBytesMax) {
            throw new WireException("a text of " + text.size() + " bytes, at most " + sizeBytesMax);
        }
        return text;
    }
}

package sotto.libp2p.multistream;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * The lines of multistream-select, incoming: each a varint length, so many bytes of text, the last of them a line feed
 * (connections spec, "multistream-select"). Fed byte by byte, so what follows the last line stays with the caller. Not
 * thread-safe.
 */
final class Lines {
    /** The line that both ends begin with. */
    static final String HEADER = "/multistream/1.0.0";
    /** The answer to a proposal that is not spoken. */
    static final String NOT_AVAILABLE = "na";
    /** What a line may measure, its line feed included: the two-byte lengths allow much more, no protocol needs it. */
    static final int LINE_BYTES_MAX = 1024;

    private int length;
    private int lengthShift;
    private byte @Nullable [] line;
    private int filled;

    /** {@code text} as one line. */
    static Bytes encode(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        int length = ascii.length + 1;
        int prefixBytes = length < 0x80 ? 1 : 2;
        byte[] line = new byte[prefixBytes + length];
        line[0] = (byte) (prefixBytes == 1 ? length : (length & 0x7f) | 0x80);
        if (prefixBytes == 2) {
            line[1] = (byte) (length >>> 7);
        }
        System.arraycopy(ascii, 0, line, prefixBytes, ascii.length);
        line[line.length - 1] = '\n';
        return Bytes.owning(line);
    }

    /**
     * Takes one byte.
     *
     * @return the line without its line feed, if this byte completed one
     */
    Optional<String> onByte(byte next) throws WireException {
        if (line == null) {
            onLengthByte(next);
            return Optional.empty();
        }
        line[filled++] = next;
        if (filled < line.length) {
            return Optional.empty();
        }
        if (next != '\n') {
            throw new WireException("a multistream line without a line feed at its end");
        }
        String text = new String(line, 0, line.length - 1, StandardCharsets.ISO_8859_1);
        line = null;
        return Optional.of(text);
    }

    private void onLengthByte(byte next) throws WireException {
        length |= (next & 0x7f) << lengthShift;
        lengthShift += 7;
        // Lengths above the bound never need a third byte.
        if (length > LINE_BYTES_MAX || (next < 0 && lengthShift > 7)) {
            throw new WireException("a multistream line longer than " + LINE_BYTES_MAX + " bytes");
        }
        if (next >= 0) {
            if (length == 0 || (next == 0 && lengthShift > 7)) {
                throw new WireException("a multistream line of malformed length");
            }
            line = new byte[length];
            filled = 0;
            length = 0;
            lengthShift = 0;
        }
    }
}

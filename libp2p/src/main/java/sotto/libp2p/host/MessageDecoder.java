package sotto.libp2p.host;

import java.util.Arrays;
import java.util.function.Consumer;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * Cuts a run of bytes into messages, each behind its length as an unsigned varint (multiformats unsigned-varint). Holds an
 * unfinished message only as far as it has come. Not thread-safe.
 */
final class MessageDecoder {
    /** What is held at once of a message of which a byte has come; an announcement alone costs nothing. */
    private static final int FIRST_ALLOCATION_BYTES = 64;

    private final int messageBytesMax;
    private byte[] unfinished = new byte[0];
    private int filled;
    private long length;
    private int lengthShift;
    private boolean hasLength;

    MessageDecoder(int messageBytesMax) {
        this.messageBytesMax = messageBytesMax;
    }

    static Bytes encode(Bytes message) {
        int prefixBytes = Math.max(1, (32 - Integer.numberOfLeadingZeros(message.size()) + 6) / 7);
        byte[] framed = new byte[prefixBytes + message.size()];
        int rest = message.size();
        for (int i = 0; i < prefixBytes; i++) {
            framed[i] = (byte) ((rest & 0x7f) | (i < prefixBytes - 1 ? 0x80 : 0));
            rest >>>= 7;
        }
        message.copyTo(framed, prefixBytes);
        return Bytes.owning(framed);
    }

    /**
     * Hands every message that {@code bytes} complete to {@code messages}.
     *
     * @throws WireException if a length is malformed or too large; what came before was handed over, the rest is lost
     */
    void feed(Bytes bytes, Consumer<Bytes> messages) throws WireException {
        int at = 0;
        while (at < bytes.size()) {
            if (!hasLength) {
                lengthByte(bytes.at(at++));
            } else {
                int taken = Math.min(bytes.size() - at, (int) length - filled);
                append(bytes, at, taken);
                at += taken;
            }
            if (hasLength && filled == length) {
                messages.accept(finish());
            }
        }
    }

    /** True if the run may end here. */
    boolean isBetweenMessages() {
        return !hasLength && lengthShift == 0;
    }

    private void lengthByte(byte next) throws WireException {
        length |= (long) (next & 0x7f) << lengthShift;
        lengthShift += 7;
        if (length > messageBytesMax || lengthShift > 35) {
            throw new WireException("a message longer than " + messageBytesMax + " bytes");
        }
        if (next >= 0) {
            if (next == 0 && lengthShift > 7) {
                throw new WireException("a varint that is longer than it needs to be");
            }
            hasLength = true;
        }
    }

    /** Grows as bytes come, not as they are announced. */
    private void append(Bytes bytes, int from, int sizeBytes) {
        int needed = filled + sizeBytes;
        if (needed > unfinished.length) {
            long grown = Math.max(FIRST_ALLOCATION_BYTES, unfinished.length * 2L);
            unfinished = Arrays.copyOf(unfinished, (int) Math.min(length, Math.max(needed, grown)));
        }
        bytes.copyTo(from, unfinished, filled, sizeBytes);
        filled = needed;
    }

    private Bytes finish() {
        byte[] whole = filled == unfinished.length ? unfinished : Arrays.copyOf(unfinished, filled);
        unfinished = new byte[0];
        filled = 0;
        length = 0;
        lengthShift = 0;
        hasLength = false;
        return Bytes.owning(whole);
    }
}

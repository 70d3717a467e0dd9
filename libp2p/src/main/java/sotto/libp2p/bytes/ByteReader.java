package sotto.libp2p.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ByteWriter} wrote, from bytes that a stranger may have made: whatever they are, the outcome is a value or
 * a {@link WireException}, and nothing is allocated before its length was found to be there. Not thread-safe.
 */
public final class ByteReader {
    private final Bytes bytes;
    private int position;

    public ByteReader(Bytes bytes) {
        this.bytes = bytes;
    }

    public int u8() throws WireException {
        need(1);
        return bytes.at(position++) & 0xff;
    }

    public int u16() throws WireException {
        return u8() << 8 | u8();
    }

    public long u32() throws WireException {
        return (long) u16() << 16 | u16();
    }

    /** All 64 bits; the sign bit is an ordinary bit. */
    public long u64() throws WireException {
        return u32() << 32 | u32();
    }

    public Bytes raw(int sizeBytes) throws WireException {
        need(sizeBytes);
        Bytes taken = bytes.slice(position, position + sizeBytes);
        position += sizeBytes;
        return taken;
    }

    public Bytes field16() throws WireException {
        return raw(u16());
    }

    /** A field with a 32-bit length of at most {@code sizeBytesMax}. */
    public Bytes field32(int sizeBytesMax) throws WireException {
        long sizeBytes = u32();
        if (sizeBytes > sizeBytesMax) {
            throw new WireException("a field of " + sizeBytes + " bytes, at most " + sizeBytesMax);
        }
        return raw((int) sizeBytes);
    }

    /** A 16-bit length and well-formed UTF-8. */
    public String text16() throws WireException {
        return utf8(field16());
    }

    /** The text that {@code bytes} are as UTF-8, refusing malformed sequences. */
    public static String utf8(Bytes bytes) throws WireException {
        try {
            ByteBuffer buffer = bytes.asByteBuffer();
            return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
        } catch (CharacterCodingException malformed) {
            throw new WireException("malformed UTF-8", malformed);
        }
    }

    public int remaining() {
        return bytes.size() - position;
    }

    /** All that is left. */
    public Bytes rest() {
        Bytes left = bytes.slice(position, bytes.size());
        position = bytes.size();
        return left;
    }

    /** Refuses bytes behind the last field. */
    public void end() throws WireException {
        if (remaining() != 0) {
            throw new WireException(remaining() + " bytes after the last field");
        }
    }

    private void need(int sizeBytes) throws WireException {
        if (sizeBytes > remaining()) {
            throw new WireException("expected " + sizeBytes + " more bytes, found " + remaining());
        }
    }
}

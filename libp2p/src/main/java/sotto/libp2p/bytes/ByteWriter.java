package sotto.libp2p.bytes;

import java.io.ByteArrayOutputStream;

/** Writes big-endian numbers and length-prefixed fields into a growing array; {@link ByteReader} reads them back. Not thread-safe. */
public final class ByteWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** One byte: the low 8 bits of {@code value}. */
    public ByteWriter u8(int value) {
        out.write(value);
        return this;
    }

    public ByteWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    public ByteWriter u32(long value) {
        return u16((int) (value >>> 16)).u16((int) value);
    }

    public ByteWriter u64(long value) {
        return u32(value >>> 32).u32(value);
    }

    /** The bytes as they are, without a length. */
    public ByteWriter raw(Bytes bytes) {
        out.writeBytes(bytes.toArray());
        return this;
    }

    /** The bytes as they are, without a length. */
    public ByteWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** A 16-bit length and the bytes, of which there may be 65,535. */
    public ByteWriter field16(Bytes bytes) {
        checkFits(bytes.size(), 0xffff);
        return u16(bytes.size()).raw(bytes);
    }

    /** A 32-bit length and the bytes. */
    public ByteWriter field32(Bytes bytes) {
        return u32(bytes.size()).raw(bytes);
    }

    /** A 16-bit length and UTF-8. */
    public ByteWriter text16(String text) {
        return field16(Bytes.utf8(text));
    }

    public int size() {
        return out.size();
    }

    public Bytes toBytes() {
        return Bytes.owning(out.toByteArray());
    }

    private static void checkFits(int sizeBytes, int sizeBytesMax) {
        if (sizeBytes > sizeBytesMax) {
            throw new IllegalArgumentException("a field of " + sizeBytes + " bytes, at most " + sizeBytesMax);
        }
    }
}

package sotto.libp2p.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable run of bytes, compared by value and ordered as unsigned numbers (shorter first where one is the other's
 * beginning). Never for secrets: those are {@code SecretBytes}. Immutable, so thread-safe.
 */
public final class Bytes implements Comparable<Bytes> {
    /** No bytes at all. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final int PRINTED_BYTES_MAX = 32;

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /** Copies {@code array}. */
    public static Bytes copyOf(byte[] array) {
        return new Bytes(array.clone());
    }

    /** Takes {@code array} without a copy: the caller gives it away and must not touch it again. */
    public static Bytes owning(byte[] array) {
        return new Bytes(array);
    }

    /** The UTF-8 form of {@code text}. */
    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The bytes written as hexadecimal digits of either case.
     *
     * @throws IllegalArgumentException if {@code hex} is not an even number of hexadecimal digits
     */
    public static Bytes ofHex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    /** All {@code parts}, one after another. */
    public static Bytes concat(Bytes... parts) {
        int sizeBytes = Arrays.stream(parts).mapToInt(Bytes::size).sum();
        ByteBuffer joined = ByteBuffer.allocate(sizeBytes);
        for (Bytes part : parts) {
            joined.put(part.array);
        }
        return new Bytes(joined.array());
    }

    public int size() {
        return array.length;
    }

    public boolean isEmpty() {
        return array.length == 0;
    }

    /** The byte at {@code index}, as a signed Java byte. */
    public byte at(int index) {
        return array[index];
    }

    /** The bytes from {@code from} (included) to {@code to} (excluded). */
    public Bytes slice(int from, int to) {
        if (from < 0 || to < from || to > array.length) {
            throw new IndexOutOfBoundsException("slice " + from + ".." + to + " of " + array.length + " bytes");
        }
        return from == 0 && to == array.length ? this : new Bytes(Arrays.copyOfRange(array, from, to));
    }

    /** A fresh array with these bytes. */
    public byte[] toArray() {
        return array.clone();
    }

    /** A read-only view, without a copy. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array).asReadOnlyBuffer();
    }

    /** Copies these bytes into {@code target} at {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(array, 0, target, offset, array.length);
    }

    /** Copies the bytes from {@code from} on into {@code target} at {@code offset}. */
    public void copyTo(byte[] target, int offset, int from) {
        System.arraycopy(array, from, target, offset, array.length - from);
    }

    /** How many bytes this and {@code other} have in common at their beginnings. */
    public int sharedPrefix(Bytes other) {
        int mismatch = Arrays.mismatch(array, other.array);
        return mismatch < 0 ? array.length : mismatch;
    }

    /** Copies {@code sizeBytes} of these bytes, from {@code from} on, into {@code target} at {@code offset}. */
    public void copyTo(int from, byte[] target, int offset, int sizeBytes) {
        System.arraycopy(array, from, target, offset, sizeBytes);
    }

    public boolean startsWith(Bytes prefix) {
        return array.length >= prefix.array.length
                && Arrays.equals(array, 0, prefix.array.length, prefix.array, 0, prefix.array.length);
    }

    /** Lower-case hexadecimal digits, whole. */
    public String hex() {
        return HexFormat.of().formatHex(array);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(array, other.array);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    /** Hexadecimal, cut after 32 bytes: for logs and test failures, not for parsing. */
    @Override
    public String toString() {
        return array.length <= PRINTED_BYTES_MAX
                ? hex()
                : HexFormat.of().formatHex(array, 0, PRINTED_BYTES_MAX) + "… (" + array.length + " bytes)";
    }
}

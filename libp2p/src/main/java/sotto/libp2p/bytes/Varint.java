package sotto.libp2p.bytes;

/**
 * Unsigned numbers in base 128, little end first (multiformats unsigned-varint): at most 9 bytes, so 63 bits, and only the
 * shortest form, so that every number has one. Stateless.
 */
public final class Varint {
    public static final int SIZE_BYTES_MAX = 9;

    private static final int MORE = 0x80;

    private Varint() {}

    /** How many bytes {@code number} takes. */
    public static int sizeBytes(long number) {
        checkUnsigned(number);
        return number == 0 ? 1 : (Long.SIZE - Long.numberOfLeadingZeros(number) + 6) / 7;
    }

    public static Bytes encode(long number) {
        checkUnsigned(number);
        byte[] encoded = new byte[sizeBytes(number)];
        long left = number;
        for (int i = 0; i < encoded.length - 1; i++) {
            encoded[i] = (byte) ((left & 0x7f) | MORE);
            left >>>= 7;
        }
        encoded[encoded.length - 1] = (byte) left;
        return Bytes.owning(encoded);
    }

    /** Reads one number, never below zero. */
    public static long read(ByteReader reader) throws WireException {
        long number = 0;
        for (int i = 0; i < SIZE_BYTES_MAX; i++) {
            int next = reader.u8();
            number |= (long) (next & 0x7f) << (7 * i);
            if ((next & MORE) == 0) {
                if (next == 0 && i > 0) {
                    throw new WireException("a varint with a useless last byte");
                }
                return number;
            }
        }
        throw new WireException("a varint of more than 9 bytes");
    }

    /** Reads one number of at most {@code max}: a length, a count, a code. */
    public static int read(ByteReader reader, int max) throws WireException {
        long number = read(reader);
        if (number > max) {
            throw new WireException("a varint of " + number + ", at most " + max);
        }
        return (int) number;
    }

    private static void checkUnsigned(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("a varint is at least 0, not " + number);
        }
    }
}

package sotto.libp2p.bytes;

/** Base32 of RFC 4648 §6 in lower case without padding (multibase {@code b}), for content ids. Stateless. */
public final class Base32 {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int DIGIT_BITS = 5;

    private Base32() {}

    public static String encode(Bytes bytes) {
        StringBuilder text = new StringBuilder((bytes.size() * Byte.SIZE + DIGIT_BITS - 1) / DIGIT_BITS);
        int buffer = 0;
        int bits = 0;
        for (int i = 0; i < bytes.size(); i++) {
            buffer = (buffer << Byte.SIZE | (bytes.at(i) & 0xff)) & 0xfff;
            bits += Byte.SIZE;
            while (bits >= DIGIT_BITS) {
                bits -= DIGIT_BITS;
                text.append(ALPHABET.charAt((buffer >> bits) & 0x1f));
            }
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt((buffer << (DIGIT_BITS - bits)) & 0x1f));
        }
        return text.toString();
    }

    /** The bytes written as {@code text}, whose last character must not carry more than they need. */
    public static Bytes decode(String text) throws WireException {
        byte[] bytes = new byte[(int) ((long) text.length() * DIGIT_BITS / Byte.SIZE)];
        int buffer = 0;
        int bits = 0;
        int used = 0;
        for (int i = 0; i < text.length(); i++) {
            buffer = (buffer << DIGIT_BITS | digit(text.charAt(i))) & 0xfff;
            bits += DIGIT_BITS;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes[used++] = (byte) (buffer >> bits);
            }
        }
        if (bits >= DIGIT_BITS || (buffer & ((1 << bits) - 1)) != 0) {
            throw new WireException("base32 that ends within a byte");
        }
        return Bytes.owning(bytes);
    }

    private static int digit(char c) throws WireException {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        if (c >= '2' && c <= '7') {
            return c - '2' + 26;
        }
        throw new WireException("a character that is not of base32");
    }
}

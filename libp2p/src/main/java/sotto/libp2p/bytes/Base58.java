package sotto.libp2p.bytes;

import java.util.Arrays;

/** Base58 with Bitcoin's alphabet (multibase {@code z}), for peer ids. Stateless. */
public final class Base58 {
    /** Decoding takes time by the square of the length, so what strangers may send is bounded. */
    public static final int TEXT_CHARACTERS_MAX = 128;

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int BASE = 58;
    private static final int[] DIGITS = digits();

    private Base58() {}

    public static String encode(Bytes bytes) {
        int zeros = leadingZeros(bytes);
        // 138 digits of base 58 hold 100 bytes.
        int[] digits = new int[(bytes.size() - zeros) * 138 / 100 + 1];
        int used = 0;
        for (int i = zeros; i < bytes.size(); i++) {
            used = multiplyAndAdd(digits, used, BASE, 256, bytes.at(i) & 0xff);
        }
        StringBuilder text = new StringBuilder("1".repeat(zeros));
        for (int i = used - 1; i >= 0; i--) {
            text.append(ALPHABET.charAt(digits[i]));
        }
        return text.toString();
    }

    /** The bytes written as {@code text} of at most {@link #TEXT_CHARACTERS_MAX} characters. */
    public static Bytes decode(String text) throws WireException {
        if (text.length() > TEXT_CHARACTERS_MAX) {
            throw new WireException("base58 of " + text.length() + " characters, at most " + TEXT_CHARACTERS_MAX);
        }
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == ALPHABET.charAt(0)) {
            zeros++;
        }
        int[] octets = new int[text.length()];
        int used = 0;
        for (int i = zeros; i < text.length(); i++) {
            used = multiplyAndAdd(octets, used, 256, BASE, digit(text.charAt(i)));
        }
        byte[] bytes = new byte[zeros + used];
        for (int i = 0; i < used; i++) {
            bytes[bytes.length - 1 - i] = (byte) octets[i];
        }
        return Bytes.owning(bytes);
    }

    /**
     * Multiplies the number of {@code used} digits in {@code base}, the lowest first, and adds to it.
     *
     * @return how many digits it has now
     */
    private static int multiplyAndAdd(int[] digits, int used, int base, int factor, int addend) {
        int carry = addend;
        int count = used;
        for (int i = 0; i < count; i++) {
            carry += digits[i] * factor;
            digits[i] = carry % base;
            carry /= base;
        }
        while (carry > 0) {
            digits[count++] = carry % base;
            carry /= base;
        }
        return count;
    }

    private static int leadingZeros(Bytes bytes) {
        int zeros = 0;
        while (zeros < bytes.size() && bytes.at(zeros) == 0) {
            zeros++;
        }
        return zeros;
    }

    private static int digit(char c) throws WireException {
        int digit = c < DIGITS.length ? DIGITS[c] : -1;
        if (digit < 0) {
            throw new WireException("a character that is not of base58");
        }
        return digit;
    }

    private static int[] digits() {
        int[] digits = new int[128];
        Arrays.fill(digits, -1);
        for (int i = 0; i < BASE; i++) {
            digits[ALPHABET.charAt(i)] = i;
        }
        return digits;
    }
}

package sotto.tui.view;

/** Where characters end in UTF-8 that comes in pieces. */
final class Utf8 {
    private static final int SEQUENCE_BYTES_MAX = 4;

    private Utf8() {}

    /** How many of {@code bytes} remain when a character that is not complete is taken off the end. */
    static int completeLength(byte[] bytes) {
        int back = 1;
        while (back <= Math.min(SEQUENCE_BYTES_MAX, bytes.length)) {
            int b = bytes[bytes.length - back] & 0xff;
            if ((b & 0xc0) != 0x80) {
                return sequenceLength(b) > back ? bytes.length - back : bytes.length;
            }
            back++;
        }
        return bytes.length;
    }

    private static int sequenceLength(int first) {
        if (first >= 0xf0 && first < 0xf8) {
            return 4;
        }
        if (first >= 0xe0) {
            return first < 0xf0 ? 3 : 1;
        }
        return first >= 0xc0 ? 2 : 1;
    }
}

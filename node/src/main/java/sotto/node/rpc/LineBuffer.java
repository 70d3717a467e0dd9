package sotto.node.rpc;

import java.util.Arrays;

/** Gathers the bytes of one line up to a bound. Not thread-safe. */
final class LineBuffer {
    private static final int START_BYTES = 512;

    /** A buffer that grew beyond this is not kept for the next line. */
    private static final int KEPT_BYTES_MAX = 1 << 16;

    private final int bytesMax;
    private byte[] bytes = new byte[START_BYTES];
    private int size;

    LineBuffer(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** False if the line would become longer than the bound. */
    boolean add(byte next) {
        if (size == bytesMax) {
            return false;
        }
        if (size == bytes.length) {
            byte[] larger = Arrays.copyOf(bytes, Math.min(bytesMax, 2 * size));
            Arrays.fill(bytes, (byte) 0);
            bytes = larger;
        }
        bytes[size++] = next;
        return true;
    }

    /** The line so far; the buffer is empty and wiped then. */
    byte[] take() {
        byte[] line = Arrays.copyOf(bytes, size);
        Arrays.fill(bytes, (byte) 0);
        bytes = bytes.length > KEPT_BYTES_MAX ? new byte[START_BYTES] : bytes;
        size = 0;
        return line;
    }
}

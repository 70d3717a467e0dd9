package sotto.libp2p.yamux;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import sotto.libp2p.bytes.Bytes;

/**
 * What came for a stream that nobody reads just now. Small pieces are joined, so that a peer who sends single bytes holds no
 * more of our memory than one who sends them together. Bounded by the stream's window. Not thread-safe.
 */
final class ReceiveBuffer {
    private static final int CHUNK_BYTES_MIN = 512;
    private static final int CHUNK_BYTES_MAX = 64 * 1024;

    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private int lastFilled;
    private int heldBytes;

    int bytes() {
        return heldBytes;
    }

    boolean isEmpty() {
        return heldBytes == 0;
    }

    /** Takes all that is readable in {@code in}. */
    void add(ByteBuf in) {
        while (in.isReadable()) {
            byte[] last = chunks.peekLast();
            if (last == null || lastFilled == last.length) {
                // As much again as is held already: few chunks where much comes, little waste where little does.
                int wanted = Math.max(in.readableBytes(), Math.max(CHUNK_BYTES_MIN, heldBytes));
                last = new byte[Math.min(wanted, CHUNK_BYTES_MAX)];
                chunks.addLast(last);
                lastFilled = 0;
            }
            int taken = Math.min(in.readableBytes(), last.length - lastFilled);
            in.readBytes(last, lastFilled, taken);
            lastFilled += taken;
            heldBytes += taken;
        }
    }

    /** Puts {@code bytes} before all else. */
    void addFirst(Bytes bytes) {
        if (chunks.isEmpty()) {
            lastFilled = bytes.size();
        }
        chunks.addFirst(bytes.toArray());
        heldBytes += bytes.size();
    }

    /** The oldest piece, of which there is one unless this is empty; at most 64 KiB. */
    Bytes takeFirst() {
        byte[] first = chunks.removeFirst();
        byte[] exact = chunks.isEmpty() && lastFilled < first.length ? Arrays.copyOf(first, lastFilled) : first;
        heldBytes -= exact.length;
        return Bytes.owning(exact);
    }

    void drop() {
        chunks.clear();
        heldBytes = 0;
    }
}

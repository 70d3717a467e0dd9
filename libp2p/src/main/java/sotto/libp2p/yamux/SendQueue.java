package sotto.libp2p.yamux;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import sotto.libp2p.bytes.Bytes;

/** What was written to a stream and has not left yet. Its bound is kept by the stream. Not thread-safe. */
final class SendQueue {
    private final Queue<Write> writes = new ArrayDeque<>();
    private int firstOffset;
    private long queuedBytes;

    void add(Bytes bytes, CompletableFuture<Void> written) {
        writes.add(new Write(bytes, written));
        queuedBytes += bytes.size();
    }

    boolean isEmpty() {
        return writes.isEmpty();
    }

    long bytes() {
        return queuedBytes;
    }

    /** Moves {@code sizeBytes} to {@code out}; writes that left whole are added to {@code finished}. */
    void moveTo(ByteBuf out, int sizeBytes, Collection<CompletableFuture<Void>> finished) {
        int left = sizeBytes;
        while (!writes.isEmpty()) {
            Write first = writes.element();
            int taken = Math.min(left, first.bytes.size() - firstOffset);
            first.bytes.copyTo(firstOffset, out.array(), out.arrayOffset() + out.writerIndex(), taken);
            out.writerIndex(out.writerIndex() + taken);
            left -= taken;
            firstOffset += taken;
            if (firstOffset < first.bytes.size()) {
                break;
            }
            finished.add(first.written);
            writes.remove();
            firstOffset = 0;
        }
        queuedBytes -= sizeBytes;
    }

    /** Empties the queue; the writes whose fate the caller has to tell. */
    Collection<CompletableFuture<Void>> drop() {
        var dropped = writes.stream().map(Write::written).toList();
        writes.clear();
        firstOffset = 0;
        queuedBytes = 0;
        return dropped;
    }

    private record Write(Bytes bytes, CompletableFuture<Void> written) {}
}

package sotto.node.rpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lines both ways over a connected socket: one thread reads, one writes. Begins with {@link #start}, ends once, by either side or
 * {@link #close}. Thread-safe.
 */
final class LineChannel implements AutoCloseable {
    private static final int READ_BYTES = 1 << 16;

    private final SocketChannel socket;
    private final int lineBytesMax;
    private final long queueWeightMax;
    private final BlockingQueue<Line> queue = new LinkedBlockingQueue<>();
    private final AtomicLong queueWeight = new AtomicLong();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Listener listener;
    private final Thread reader;
    private final Thread writer;

    LineChannel(SocketChannel socket, String name, Bounds bounds, Listener listener) {
        this.socket = socket;
        this.lineBytesMax = bounds.lineBytesMax();
        this.queueWeightMax = bounds.queueWeightMax();
        this.listener = listener;
        this.reader = daemon(this::readAll, name + "-reader");
        this.writer = daemon(this::writeAll, name + "-writer");
    }

    void start() {
        reader.start();
        writer.start();
    }

    /** Queues a line; false, and nothing is queued, if too much waits already or the channel has ended. */
    boolean offer(Line line) {
        if (isOver.get()) {
            return false;
        }
        long weight = queueWeight.addAndGet(line.weight());
        if (weight > queueWeightMax) {
            queueWeight.addAndGet(-line.weight());
            return false;
        }
        queue.add(line);
        return true;
    }

    /** Queues a line even where it does not fit: for the few words that say why nothing more comes. */
    void force(Line line) {
        queueWeight.addAndGet(line.weight());
        queue.add(line);
    }

    boolean isOpen() {
        return !isOver.get();
    }

    /** Ends the connection; what waits is dropped. */
    @Override
    public void close() {
        if (!isOver.compareAndSet(false, true)) {
            return;
        }
        try {
            socket.close();
        } catch (IOException unclosable) {
            // The descriptor is gone either way, and nobody waits for this connection.
        }
        writer.interrupt();
        queue.clear();
        listener.onEnd();
    }

    private void readAll() {
        ByteBuffer chunk = ByteBuffer.allocate(READ_BYTES);
        LineBuffer line = new LineBuffer(lineBytesMax);
        try {
            while (socket.read(chunk.clear()) >= 0) {
                chunk.flip();
                while (chunk.hasRemaining()) {
                    byte next = chunk.get();
                    if (next == '\n') {
                        listener.onLine(line.take());
                    } else if (!line.add(next)) {
                        return;
                    }
                }
                // A passphrase may have passed.
                Arrays.fill(chunk.array(), (byte) 0);
            }
        } catch (IOException gone) {
            // The other side went away: as good as its end of stream.
        } finally {
            close();
        }
    }

    private void writeAll() {
        try {
            while (isOpen()) {
                Line line = queue.take();
                byte[] encoded = line.encode().get();
                ByteBuffer out = ByteBuffer.allocate(encoded.length + 1);
                out.put(encoded).put((byte) '\n').flip();
                while (out.hasRemaining()) {
                    socket.write(out);
                }
                Arrays.fill(encoded, (byte) 0);
                Arrays.fill(out.array(), (byte) 0);
                queueWeight.addAndGet(-line.weight());
            }
        } catch (IOException | InterruptedException gone) {
            // Closed here or there.
        } finally {
            close();
        }
    }

    private static Thread daemon(Runnable body, String name) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The longest line that is read, and how much may wait to be written. */
    record Bounds(int lineBytesMax, long queueWeightMax) {}

    /** What comes in; called on the channel's threads. */
    interface Listener {
        /** One line without its end. Reading goes on when this returns. */
        void onLine(byte[] line);

        /** Once: nothing more comes, and nothing more is sent. */
        void onEnd();
    }
}

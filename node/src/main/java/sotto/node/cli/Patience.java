package sotto.node.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import sotto.libp2p.runtime.EventLoop;

/** A span of time to try something again in. Owns its loop. */
final class Patience implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(100);

    private final EventLoop loop;
    private final Duration end;

    Patience(EventLoop loop, Duration span) {
        this.loop = loop;
        this.end = loop.uptime().plus(span);
    }

    /** Waits a moment; false if the time is over. */
    boolean pause() {
        if (loop.uptime().compareTo(end) >= 0) {
            return false;
        }
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        loop.schedule(STEP, () -> over.complete(true));
        return over.join();
    }

    @Override
    public void close() {
        loop.close();
    }
}

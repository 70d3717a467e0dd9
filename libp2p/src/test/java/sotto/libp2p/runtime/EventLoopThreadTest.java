package sotto.libp2p.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Proves the contract of the real loop, and that a bug in a task is logged and survived. */
class EventLoopThreadTest extends EventLoopContract {
    private final EventLoopThread loop = new EventLoopThread("loop-test");

    @AfterEach
    void close() {
        loop.close();
    }

    @Override
    EventLoop loop() {
        return loop;
    }

    @Override
    <T> T await(CompletableFuture<T> outcome) {
        return outcome.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void livesOnAfterATaskThatThrowsAndLogsIt() {
        CompletableFuture<Throwable> logged = new CompletableFuture<>();
        Logger logger = Logger.getLogger(EventLoopThread.class.getName());
        Handler handler = new CapturingHandler(logged);
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        try {
            loop.execute(() -> {
                throw new AssertionError("on purpose");
            });
            CompletableFuture<String> after = new CompletableFuture<>();
            loop.execute(() -> after.complete(Thread.currentThread().getName()));
            assertEquals("loop-test", await(after));
            assertEquals("on purpose", await(logged).getMessage());
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }

    @Test
    void finishesTheRunningTaskAndDropsTheRestOnClose() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean wasInterrupted = new AtomicBoolean();
        AtomicBoolean ranLater = new AtomicBoolean();
        loop.execute(() -> {
            started.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException interrupted) {
                wasInterrupted.set(true);
            }
        });
        loop.execute(() -> ranLater.set(true));
        started.await();
        loop.close();
        loop.execute(() -> ranLater.set(true));
        loop.schedule(Duration.ZERO, () -> ranLater.set(true));
        mayEnd.countDown();
        assertTrue(loop.awaitEnd(Duration.ofSeconds(30)));
        assertFalse(wasInterrupted.get());
        assertFalse(ranLater.get());
    }

    private static final class CapturingHandler extends Handler {
        private final CompletableFuture<Throwable> thrown;

        CapturingHandler(CompletableFuture<Throwable> thrown) {
            this.thrown = thrown;
        }

        @Override
        public void publish(LogRecord record) {
            thrown.complete(record.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}

package sotto.libp2p.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Proves of any event loop: tasks run in order on the loop itself, timers in order of their time, and none after close. */
abstract class EventLoopContract {
    abstract EventLoop loop();

    /** Lets all that was posted, and every timer of up to a second, run. */
    abstract <T> T await(CompletableFuture<T> outcome);

    @Test
    void runsTasksInTheOrderOfPosting() {
        List<Integer> seen = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            loop().execute(() -> seen.add(number));
        }
        loop().execute(() -> done.complete(null));
        await(done);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(i, seen.get(i));
        }
    }

    @Test
    void knowsItsOwnThread() {
        CompletableFuture<Boolean> inside = new CompletableFuture<>();
        loop().execute(() -> inside.complete(loop().isInLoop()));
        assertTrue(await(inside));
        assertFalse(loop().isInLoop());
    }

    @Test
    void runsTimersInTheOrderOfTheirTime() {
        List<String> seen = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        // In one task, so that none can run before all are there; each counts from a moment of its own, so they are far
        // apart.
        loop().execute(() -> {
            loop().schedule(Duration.ofMillis(800), () -> done.complete(null));
            loop().schedule(Duration.ofMillis(400), () -> seen.add("second"));
            loop().schedule(Duration.ofMillis(-5), () -> seen.add("first"));
        });
        await(done);
        assertEquals(List.of("first", "second"), seen);
    }

    @Test
    void doesNotRunACancelledTimer() {
        AtomicBoolean ran = new AtomicBoolean();
        CompletableFuture<Void> done = new CompletableFuture<>();
        // In one task: it is cancelled before the loop could run it, however slow the machine is.
        loop().execute(() -> {
            EventLoop.Timer timer = loop().schedule(Duration.ofMillis(10), () -> ran.set(true));
            loop().schedule(Duration.ofMillis(20), () -> done.complete(null));
            timer.cancel();
        });
        await(done);
        assertFalse(ran.get());
    }

    @Test
    void acceptsADelayOfCenturies() {
        loop().schedule(Duration.ofDays(365L * 1_000_000), () -> {}).cancel();
    }

    @Test
    void measuresSpansThatNeverShrink() {
        CompletableFuture<Duration> later = new CompletableFuture<>();
        Duration before = loop().uptime();
        loop().schedule(Duration.ofMillis(5), () -> later.complete(loop().uptime()));
        assertTrue(await(later).minus(before).compareTo(Duration.ofMillis(5)) >= 0);
    }
}

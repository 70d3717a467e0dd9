package sotto.libp2p.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of a simulated world: a clock that moves only when told, and all that waits for it on the {@link VirtualLoop}s
 * that share it. One seed gives one history. Driven by the test's thread; posting is allowed from any thread.
 */
public final class VirtualTime {
    /** When every simulated world begins. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Tasks that may run without the clock moving: beyond it they are posting each other for ever. */
    private static final int TASKS_AT_ONE_INSTANT_MAX = 10_000_000;

    private final PriorityBlockingQueue<Waiting> queue =
            new PriorityBlockingQueue<>(64, Comparator.comparing(Waiting::due).thenComparingLong(Waiting::sequence));
    private final AtomicLong nextSequence = new AtomicLong();
    private final SplittableRandom random;
    private final long seed;

    // Written by the test's thread as it advances; read by whoever posts.
    private volatile Duration now = Duration.ZERO;
    private @Nullable VirtualLoop running;

    public VirtualTime(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** A loop that lives in this time, with randomness of its own. */
    public VirtualLoop newLoop(String name) {
        return new VirtualLoop(this, name, random.split());
    }

    /** The clock that nobody can set: time since {@link #START}. */
    public Duration now() {
        return now;
    }

    /** Lets {@code span} pass, running what falls due in order. */
    public void advance(Duration span) {
        Duration end = now.plus(span);
        Waiting next = queue.peek();
        while (next != null && next.due().compareTo(end) <= 0) {
            now = next.due().compareTo(now) > 0 ? next.due() : now;
            runUntilIdle();
            next = queue.peek();
        }
        now = end;
    }

    /** Runs all that is due now and all that this posts, without moving the clock. */
    public void runUntilIdle() {
        int tasks = 0;
        Waiting next = queue.peek();
        while (next != null && next.due().compareTo(now) <= 0) {
            queue.remove(next);
            run(next);
            if (++tasks > TASKS_AT_ONE_INSTANT_MAX) {
                throw new AssertionError("tasks post each other for ever at " + now + " (seed " + seed + ")");
            }
            next = queue.peek();
        }
    }

    /** Lets time pass until {@code isReached}, failing once {@code span} has passed without it. */
    public void advanceUntil(BooleanSupplier isReached, Duration span) {
        Duration end = now.plus(span);
        runUntilIdle();
        while (!isReached.getAsBoolean()) {
            Waiting next = queue.peek();
            if (next == null || next.due().compareTo(end) > 0) {
                throw new AssertionError("not reached within " + span + " (seed " + seed + ")");
            }
            advance(next.due().minus(now));
        }
    }

    /** How many tasks wait, due or not. */
    public int waiting() {
        return queue.size();
    }

    EventLoop.Timer post(VirtualLoop loop, Duration delay, Runnable task) {
        Duration due = now.plus(delay.isNegative() ? Duration.ZERO : delay);
        Waiting waiting = new Waiting(due, nextSequence.getAndIncrement(), loop, task);
        queue.add(waiting);
        return () -> queue.remove(waiting);
    }

    void dropAllOf(VirtualLoop loop) {
        queue.removeIf(waiting -> waiting.loop() == loop);
    }

    boolean isRunning(VirtualLoop loop) {
        return running == loop;
    }

    private void run(Waiting next) {
        VirtualLoop outer = running;
        running = next.loop();
        try {
            next.task().run();
        } catch (Throwable bug) {
            // A real loop logs it and lives on; a test must fail.
            throw new AssertionError("a task of " + next.loop() + " threw at " + now + " (seed " + seed + ")", bug);
        } finally {
            running = outer;
        }
    }

    private record Waiting(Duration due, long sequence, VirtualLoop loop, Runnable task) {}
}

package sotto.libp2p.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * An {@link EventLoop} for tests: nothing runs until time is told to pass, and one seed gives one history. What a task throws
 * fails the test. Make one alone by {@link #seeded}, or several in one world by {@link VirtualTime#newLoop}.
 */
public final class VirtualLoop implements EventLoop {
    private final VirtualTime time;
    private final String name;
    private final RandomGenerator random;
    private Duration clockSkew = Duration.ZERO;
    private boolean isClosed;

    VirtualLoop(VirtualTime time, String name, RandomGenerator random) {
        this.time = time;
        this.name = name;
        this.random = random;
    }

    /** A loop alone in a world of its own. */
    public static VirtualLoop seeded(long seed) {
        return new VirtualTime(seed).newLoop("virtual");
    }

    @Override
    public void execute(Runnable task) {
        schedule(Duration.ZERO, task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return isClosed ? () -> {} : time.post(this, delay, task);
    }

    @Override
    public boolean isInLoop() {
        return time.isRunning(this);
    }

    @Override
    public InstantSource clock() {
        return this::wallTime;
    }

    @Override
    public Duration uptime() {
        return time.now();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void close() {
        isClosed = true;
        time.dropAllOf(this);
    }

    /** The world this loop lives in. */
    public VirtualTime time() {
        return time;
    }

    /** Sets this loop's wall clock wrong by {@code skew}; delays are not touched. */
    public void setClockSkew(Duration skew) {
        clockSkew = skew;
    }

    /** Lets {@code span} pass for all who share this loop's time. */
    public void advance(Duration span) {
        time.advance(span);
    }

    /** Runs all that is due now and all that this posts, without moving the clock. */
    public void runUntilIdle() {
        time.runUntilIdle();
    }

    /** Lets time pass until {@code isReached}, failing once {@code span} has passed without it. */
    public void advanceUntil(BooleanSupplier isReached, Duration span) {
        time.advanceUntil(isReached, span);
    }

    @Override
    public String toString() {
        return "VirtualLoop(" + name + ")";
    }

    private Instant wallTime() {
        return VirtualTime.START.plus(time.now()).plus(clockSkew);
    }
}

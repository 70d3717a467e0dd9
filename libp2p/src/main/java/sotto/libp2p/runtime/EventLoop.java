package sotto.libp2p.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * One thread that owns the state of whoever was handed this loop; others reach that state by posting to it. Tasks run in the
 * order of posting; what a task throws is logged as a bug and the loop lives on. Thread-safe. In tests the loop is virtual:
 * its clock travels and its randomness is seeded.
 */
public interface EventLoop extends Executor, AutoCloseable {
    /** Runs {@code task} on the loop, after all that was posted before; drops it if the loop is closed. */
    @Override
    void execute(Runnable task);

    /** Runs {@code task} on the loop once {@code delay} has passed. Delays are measured by a clock that nobody can set. */
    Timer schedule(Duration delay, Runnable task);

    /** True on the loop's own thread. */
    boolean isInLoop();

    /** The wall clock: for what is shown and stored, never for delays. */
    InstantSource clock();

    /** How long this loop has been running, by a clock that nobody can set: for measuring spans of time. */
    Duration uptime();

    RandomGenerator random();

    /** Stops after the task that is running; what waits is dropped. */
    @Override
    void close();

    /** A task that waits for its time. */
    interface Timer {
        /** Keeps the task from running, unless it has begun. */
        void cancel();
    }
}

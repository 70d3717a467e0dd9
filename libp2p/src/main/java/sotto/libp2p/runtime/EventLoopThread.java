package sotto.libp2p.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The real {@link EventLoop}: one named daemon thread, the machine's clocks and its cryptographic random numbers. It runs from
 * its making until it is closed. Thread-safe.
 */
public final class EventLoopThread implements EventLoop {
    private static final System.Logger LOG = System.getLogger(EventLoopThread.class.getName());

    private final long startNanos = System.nanoTime();
    private final RandomGenerator random = Entropy.secure();
    private final InstantSource clock = InstantSource.system();
    private final String name;
    private final ScheduledThreadPoolExecutor executor;

    // Written once by the thread that makes this loop, before any task can be posted; read by all.
    private volatile @Nullable Thread thread;

    // Written by whoever closes; read by the loop before each task, because the executor would still run what is due.
    private volatile boolean isClosed;

    /** Starts the thread {@code name}. */
    public EventLoopThread(String name) {
        this.name = name;
        this.executor = new ScheduledThreadPoolExecutor(1, this::newThread, new ThreadPoolExecutor.DiscardPolicy());
        // A timer that was cancelled must not be held until its time: retries and timeouts are cancelled by the
        // thousand.
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.prestartCoreThread();
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(guarded(task));
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Future<?> waiting = executor.schedule(guarded(task), saturatedNanos(delay), TimeUnit.NANOSECONDS);
        return () -> waiting.cancel(false);
    }

    @Override
    public boolean isInLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public Duration uptime() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void close() {
        isClosed = true;
        executor.shutdown();
    }

    /**
     * Waits until the task that was running when the loop was closed has ended.
     *
     * @return false if it had not within {@code patience}
     */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        return executor.awaitTermination(saturatedNanos(patience), TimeUnit.NANOSECONDS);
    }

    @Override
    public String toString() {
        return "EventLoopThread(" + name + ")";
    }

    private Thread newThread(Runnable body) {
        Thread fresh = new Thread(body, name);
        fresh.setDaemon(true);
        thread = fresh;
        return fresh;
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            if (isClosed) {
                return;
            }
            try {
                task.run();
            } catch (Throwable bug) {
                LOG.log(System.Logger.Level.ERROR, "bug: a task of the loop " + name + " threw", bug);
            }
        };
    }

    /** A delay of centuries is as good as the longest one that fits. */
    private static long saturatedNanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return duration.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }
}

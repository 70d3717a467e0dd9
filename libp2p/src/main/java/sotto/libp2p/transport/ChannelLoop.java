package sotto.libp2p.transport;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import sotto.libp2p.runtime.MachineClock;

/** A Netty loop behind our interface. Closing it closes nothing: its {@link Loops} do. Thread-safe. */
final class ChannelLoop implements sotto.libp2p.runtime.EventLoop {
    private static final System.Logger LOG = System.getLogger(ChannelLoop.class.getName());

    private final EventLoop loop;
    private final RandomGenerator random;

    ChannelLoop(EventLoop loop, RandomGenerator random) {
        this.loop = loop;
        this.random = random;
    }

    @Override
    public void execute(Runnable task) {
        try {
            loop.execute(guarded(task));
        } catch (RejectedExecutionException closed) {
            LOG.log(System.Logger.Level.DEBUG, "a task came after its loop was closed", closed);
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        try {
            var waiting = loop.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> waiting.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public boolean isInLoop() {
        return loop.inEventLoop();
    }

    @Override
    public InstantSource clock() {
        return MachineClock.wall();
    }

    @Override
    public Duration uptime() {
        return MachineClock.uptime();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void close() {}

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error bug) {
                LOG.log(System.Logger.Level.ERROR, "bug: a task of a connection's loop threw", bug);
            }
        };
    }
}

package sotto.libp2p.kad;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import sotto.libp2p.runtime.EventLoop;
import sotto.libp2p.runtime.VirtualTime;

/** The event loop of one simulated node: a view of the one queue that all nodes share. Not thread-safe. */
final class SimLoop implements EventLoop {
    private final SimQueue queue;
    private final RandomGenerator random;
    private boolean isClosed;

    SimLoop(SimQueue queue, RandomGenerator random) {
        this.queue = queue;
        this.random = random;
    }

    @Override
    public void execute(Runnable task) {
        if (!isClosed) {
            queue.execute(task);
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        SimQueue.Cancellable timer = new SimQueue.Cancellable(() -> {
            if (!isClosed) {
                task.run();
            }
        });
        queue.schedule(delay.toMillis(), timer);
        return timer;
    }

    @Override
    public boolean isInLoop() {
        return true;
    }

    @Override
    public InstantSource clock() {
        return () -> VirtualTime.START.plusMillis(queue.nowMillis());
    }

    @Override
    public Duration uptime() {
        return Duration.ofMillis(queue.nowMillis());
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}

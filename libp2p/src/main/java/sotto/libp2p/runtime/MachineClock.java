package sotto.libp2p.runtime;

import java.time.Duration;
import java.time.InstantSource;

/** The machine's own clocks, for loops that are not an {@link EventLoopThread}. Stateless. */
public final class MachineClock {
    private MachineClock() {}

    /** The wall clock: for what is shown and stored. */
    public static InstantSource wall() {
        return InstantSource.system();
    }

    /** The time since some moment in the past, by a clock that nobody can set: for measuring spans of time. */
    public static Duration uptime() {
        return Duration.ofNanos(System.nanoTime());
    }
}

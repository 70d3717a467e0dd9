package sotto.libp2p.swarm;

import java.util.concurrent.atomic.AtomicInteger;

/** A number of things that may exist at once. Thread-safe. */
final class Budget {
    private final int max;
    private final AtomicInteger taken = new AtomicInteger();

    Budget(int max) {
        this.max = max;
    }

    /** Takes one, if there is one left. */
    boolean take() {
        if (taken.incrementAndGet() <= max) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    void giveBack() {
        taken.decrementAndGet();
    }
}

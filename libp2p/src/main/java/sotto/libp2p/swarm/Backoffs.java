package sotto.libp2p.swarm;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import sotto.libp2p.host.Limits;
import sotto.libp2p.peer.Multiaddr;

/**
 * Addresses that failed lately, and when they may be tried again. Remembers so many, the oldest is forgotten first. Not
 * thread-safe.
 */
final class Backoffs {
    private final Limits.Backoff limits;
    private final RandomGenerator random;
    private final Map<Multiaddr, Backoff> failed;

    Backoffs(Limits.Backoff limits, int addressesMax, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
        this.failed = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Multiaddr, Backoff> eldest) {
                return size() > addressesMax;
            }
        };
    }

    /** Whether {@code address} is not to be tried at {@code now}. */
    boolean isBackingOff(Multiaddr address, Duration now) {
        Backoff backoff = failed.get(address);
        return backoff != null && now.compareTo(backoff.until) < 0;
    }

    void onSuccess(Multiaddr address) {
        failed.remove(address);
    }

    void onFailure(Multiaddr address, Duration now) {
        Backoff before = failed.remove(address);
        Duration delay = before == null ? limits.first() : before.delay.multipliedBy(2);
        Duration bounded = delay.compareTo(limits.max()) > 0 ? limits.max() : delay;
        failed.put(address, new Backoff(bounded, now.plus(jittered(bounded))));
    }

    /** Within a quarter of it, so that those who failed together do not come back together. */
    private Duration jittered(Duration delay) {
        return Duration.ofNanos((long) (delay.toNanos() * random.nextDouble(0.75, 1.25)));
    }

    private record Backoff(Duration delay, Duration until) {}
}

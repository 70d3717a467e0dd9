package sotto.libp2p.swarm;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import sotto.libp2p.host.Limits;
import sotto.libp2p.peer.IpNetwork;

/**
 * How fast connections may come from one network: a bucket for each, that fills steadily. Loopback has no limit. Remembers a
 * bounded number of networks, and of those only the ones whose bucket is not full. Thread-safe.
 */
final class ArrivalRate {
    static final int NETWORKS_MAX = 16_384;

    private final long nanosPerArrival;
    private final long burstNanos;
    private final Supplier<Duration> uptime;
    /** For each network the moment at which its bucket is full again. */
    private final Map<IpNetwork, Long> fullAt = new ConcurrentHashMap<>();

    ArrivalRate(Limits.Arrivals limits, Supplier<Duration> uptime) {
        this.nanosPerArrival = Duration.ofMinutes(1).toNanos() / limits.perMinute();
        this.burstNanos = nanosPerArrival * limits.burst();
        this.uptime = uptime;
    }

    /** Takes one arrival from the bucket of {@code address}, if there is one left. */
    boolean take(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return true;
        }
        long now = uptime.get().toNanos();
        AtomicBoolean isTaken = new AtomicBoolean();
        fullAt.compute(IpNetwork.of(address), (network, before) -> {
            long from = before == null ? now : Math.max(before, now);
            isTaken.set(from + nanosPerArrival - now <= burstNanos);
            return isTaken.get() ? from + nanosPerArrival : from;
        });
        if (fullAt.size() > NETWORKS_MAX) {
            forget(now);
        }
        return isTaken.get();
    }

    int size() {
        return fullAt.size();
    }

    /**
     * Drops the networks whose bucket is full. Where that frees too little, from a flood of many networks, it drops all: what is
     * held must be bounded whoever comes, and the bounds on connections and handshakes still stand.
     */
    private void forget(long now) {
        fullAt.values().removeIf(full -> full <= now);
        if (fullAt.size() > NETWORKS_MAX / 2) {
            fullAt.clear();
        }
    }
}

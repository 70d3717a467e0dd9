package sotto.libp2p.kad;

import java.util.List;

/** How long something took, in milliseconds of virtual time. */
public record SimTimes(long p50, long p95) {
    static SimTimes of(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        return new SimTimes(at(sorted, 0.5), at(sorted, 0.95));
    }

    private static long at(List<Long> sorted, double share) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, Math.round(share * sorted.size())));
    }
}

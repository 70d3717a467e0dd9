package sotto.libp2p.kad;

import java.util.Arrays;
import java.util.SplittableRandom;

/** How long messages travel: a time of its own for each pair of nodes, some jitter, and packets sent again. Not thread-safe. */
final class SimLatency {
    private static final int QUANTILES = 1 << 12;
    private static final double JITTER = 0.1;
    /** What TCP waits at least before it sends a packet again (RFC 6298 asks for a second, systems take this). */
    private static final int RESEND_MILLIS = 200;

    private final SimOptions.SimLink link;
    private final SplittableRandom random;
    private final double[] roundTripMillis = new double[QUANTILES];

    SimLatency(SimOptions.SimLink link, SplittableRandom random) {
        this.link = link;
        this.random = random;
        for (int i = 0; i < QUANTILES; i++) {
            roundTripMillis[i] = link.medianMillis() * Math.exp(link.sigma() * random.nextGaussian());
        }
        Arrays.sort(roundTripMillis);
        // The sample's own median would make all results a little faster or slower by chance.
        double scale = link.medianMillis() / roundTripMillis[QUANTILES / 2];
        Arrays.setAll(roundTripMillis, i -> roundTripMillis[i] * scale);
    }

    /** Of {@code trips} round trips between two nodes, one after the other. */
    long millis(SimNode one, SimNode other, double trips) {
        double pair =
                roundTripMillis[(int) (mix(one.number ^ other.number, one.number + other.number) & (QUANTILES - 1))];
        double millis = trips * pair * random.nextDouble(1 - JITTER, 1 + JITTER);
        for (double left = 2 * trips; left > 0; left--) {
            while (random.nextDouble() < link.lossShare()) {
                millis += RESEND_MILLIS + pair;
            }
        }
        return Math.max(1, Math.round(millis));
    }

    private static long mix(long one, long other) {
        long mixed = ((one * 0x9e3779b97f4a7c15L) ^ other) * 0xbf58476d1ce4e5b9L;
        return ((mixed ^ (mixed >>> 29)) * 0x94d049bb133111ebL) >>> 40;
    }
}

package sotto.libp2p.kad;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many requests each of many may make: a burst at once, and a rate in the long run. Remembers a bounded number of them; who
 * is forgotten, because others came after, starts anew. Pure: the time, in milliseconds of any one clock, is a parameter. Not
 * thread-safe.
 *
 * @param <W> who is counted
 */
final class Allowances<W> {
    private static final int REMEMBERED_MAX = 16_384;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final KadLimits.Rate rate;
    private final Map<W, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<W, Bucket> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    Allowances(KadLimits.Rate rate) {
        this.rate = rate;
    }

    /** What is left, and as of when. */
    private static final class Bucket {
        double left;
        long atMillis;

        Bucket(double left, long atMillis) {
            this.left = left;
            this.atMillis = atMillis;
        }
    }

    /** Takes one from what {@code who} has left, if anything is. */
    boolean take(W who, long nowMillis) {
        Bucket bucket = buckets.computeIfAbsent(who, absent -> new Bucket(rate.burst(), nowMillis));
        double grown = (nowMillis - bucket.atMillis) / MILLIS_PER_SECOND * rate.perSecond();
        bucket.left = Math.min(rate.burst(), bucket.left + grown);
        bucket.atMillis = nowMillis;
        if (bucket.left < 1) {
            return false;
        }
        bucket.left--;
        return true;
    }
}

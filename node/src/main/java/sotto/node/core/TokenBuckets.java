package sotto.node.core;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A token bucket for each of those that others make up. Confined to the node loop. */
final class TokenBuckets {
    /** Keys remembered; the one unheard of for longest is forgotten first, and begins with a full bucket again. */
    static final int KEYS_MAX = 1_024;

    private final Rate rate;
    private final Map<String, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > KEYS_MAX;
        }
    };

    TokenBuckets(Rate rate) {
        this.rate = rate;
    }

    boolean tryNext(String key, Duration now) {
        return buckets.computeIfAbsent(key, unknown -> new TokenBucket(rate, now))
                .tryNext(now);
    }

    /** Fills the bucket of {@code key}. */
    void refill(String key) {
        buckets.remove(key);
    }
}

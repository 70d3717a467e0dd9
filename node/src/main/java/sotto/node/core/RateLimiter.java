package sotto.node.core;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import sotto.libp2p.host.Connection;
import sotto.libp2p.runtime.EventLoop;

/**
 * Bounds what strangers may make us do: a token bucket for each IP address, so that one who floods is alone in being refused,
 * and one for all together, so that many cannot either. Confined to the node loop.
 */
final class RateLimiter {
    /** Addresses remembered; the one unheard of for longest is forgotten first, and begins with a full bucket again. */
    static final int ADDRESSES_MAX = 1_024;

    /** How many at once, and how many a second after that. */
    record Rate(int burst, double perSecond) {}

    private final EventLoop loop;
    private final Rate perAddress;
    private final Bucket all;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > ADDRESSES_MAX;
        }
    };

    RateLimiter(EventLoop loop, Rate perAddress, Rate all) {
        this.loop = loop;
        this.perAddress = perAddress;
        this.all = new Bucket(all, loop.uptime());
    }

    /** True if one more from the other end of {@code connection} may pass now. */
    boolean tryNext(Connection connection) {
        Duration now = loop.uptime();
        String address = connection.remoteAddress().ip().map(Object::toString).orElse("");
        return buckets.computeIfAbsent(address, unknown -> new Bucket(perAddress, now))
                        .tryNext(now)
                && all.tryNext(now);
    }

    /** Tokens that come back with time. */
    private static final class Bucket {
        private final Rate rate;
        private double tokens;
        private Duration refilledAt;

        Bucket(Rate rate, Duration now) {
            this.rate = rate;
            this.tokens = rate.burst();
            this.refilledAt = now;
        }

        boolean tryNext(Duration now) {
            tokens = Math.min(
                    rate.burst(),
                    tokens + rate.perSecond() * now.minus(refilledAt).toNanos() / 1e9);
            refilledAt = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }
}

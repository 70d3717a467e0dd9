package sotto.node.core;

import java.time.Duration;
import sotto.libp2p.runtime.EventLoop;

/** A token bucket over all strangers together: what passes it costs us work or disk. Confined to the node loop. */
final class RateLimiter {
    private final EventLoop loop;
    private final double perSecond;
    private final double burst;
    private double tokens;
    private Duration refilledAt;

    RateLimiter(EventLoop loop, double perSecond, int burst) {
        this.loop = loop;
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.refilledAt = loop.uptime();
    }

    /** True if one more may pass now. */
    boolean tryNext() {
        Duration now = loop.uptime();
        tokens = Math.min(burst, tokens + perSecond * now.minus(refilledAt).toNanos() / 1e9);
        refilledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}

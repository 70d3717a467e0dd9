package sotto.node.core;

import java.time.Duration;

/** Tokens that come back with time. Confined to the node loop. */
final class TokenBucket {
    private final Rate rate;
    private double tokens;
    private Duration refilledAt;

    TokenBucket(Rate rate, Duration now) {
        this.rate = rate;
        this.tokens = rate.burst();
        this.refilledAt = now;
    }

    /** Takes a token; false where there is none. */
    boolean tryNext(Duration now) {
        tokens = Math.min(
                rate.burst(), tokens + rate.perSecond() * now.minus(refilledAt).toNanos() / 1e9);
        refilledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}

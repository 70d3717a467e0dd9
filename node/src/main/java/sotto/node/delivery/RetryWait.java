package sotto.node.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to reach a contact: fast at first, then as for somebody who is away. Immutable.
 *
 * @param attempts attempts that have failed since the last sign of life
 * @param waited how long they waited in all, this wait included
 * @param pause how long to wait now, before jitter
 */
public record RetryWait(int attempts, Duration waited, Duration pause) {
    /** Nothing has failed yet. */
    public static final RetryWait NONE = new RetryWait(0, Duration.ZERO, Duration.ZERO);

    private static final Duration FAST_FIRST = Duration.ofSeconds(2);
    private static final Duration FAST_MAX = Duration.ofMinutes(2);
    private static final Duration FAST_FOR = Duration.ofMinutes(10);
    private static final Duration AWAY_FIRST = Duration.ofMinutes(5);
    private static final Duration AWAY_MAX = Duration.ofHours(6);
    private static final double JITTER = 0.25;

    /** One more attempt failed: the state after it, whose {@link #delay} is to be waited. */
    public RetryWait next() {
        Duration next = waited.compareTo(FAST_FOR) < 0
                ? doubled(FAST_FIRST, FAST_MAX, attempts)
                : doubled(AWAY_FIRST, AWAY_MAX, attempts - fastAttempts());
        return new RetryWait(attempts + 1, waited.plus(next), next);
    }

    /** The wait before the next attempt, a quarter more or less than planned so that peers do not march in step. */
    public Duration delay(RandomGenerator random) {
        double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
        return Duration.ofMillis((long) (pause.toMillis() * factor));
    }

    private static int fastAttempts() {
        int attempts = 0;
        Duration waited = Duration.ZERO;
        while (waited.compareTo(FAST_FOR) < 0) {
            waited = waited.plus(doubled(FAST_FIRST, FAST_MAX, attempts++));
        }
        return attempts;
    }

    private static Duration doubled(Duration first, Duration most, int times) {
        Duration wait = first;
        for (int i = 0; i < times && wait.compareTo(most) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(most) < 0 ? wait : most;
    }
}

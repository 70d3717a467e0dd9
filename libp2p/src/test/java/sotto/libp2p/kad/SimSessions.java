package sotto.libp2p.kad;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long nodes stay, as measured in the public network of IPFS: half leave within 2 hours, 87.6 % within 8, 97.5 % within 24, and
 * all within a week. Between those points the logarithm is spread evenly. Stateless.
 */
final class SimSessions {
    private static final double[] SHARES = {0, 0.5, 0.876, 0.975, 1};
    private static final double[] MILLIS = {
        Duration.ofMinutes(1).toMillis(),
        Duration.ofHours(2).toMillis(),
        Duration.ofHours(8).toMillis(),
        Duration.ofHours(24).toMillis(),
        Duration.ofDays(7).toMillis()
    };

    private SimSessions() {}

    /** How long somebody who comes will stay. */
    static long millis(RandomGenerator random) {
        double share = random.nextDouble();
        int at = 1;
        while (share >= SHARES[at]) {
            at++;
        }
        double within = (share - SHARES[at - 1]) / (SHARES[at] - SHARES[at - 1]);
        return Math.round(MILLIS[at - 1] * Math.pow(MILLIS[at] / MILLIS[at - 1], within));
    }

    /** How long somebody who is there will stay on: who stays long is met more often, and has as often stayed for long. */
    static long leftMillis(RandomGenerator random) {
        double longest = MILLIS[MILLIS.length - 1];
        while (true) {
            long session = millis(random);
            if (random.nextDouble() * longest < session) {
                return Math.round(session * random.nextDouble());
            }
        }
    }
}

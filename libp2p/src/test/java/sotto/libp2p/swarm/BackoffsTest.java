package sotto.libp2p.swarm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.Limits;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.Seeds;

/** Proves that a failing address is left alone ever longer up to a bound, and that few are remembered. */
class BackoffsTest {
    private static final Limits.Backoff LIMITS = new Limits.Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private static final int ADDRESSES_MAX = 3;

    @Test
    void waitsTwiceAsLongAfterEveryFailureUpToTheBound() {
        Seeds.forEach(50, random -> {
            Backoffs backoffs = new Backoffs(LIMITS, ADDRESSES_MAX, random);
            Multiaddr address = address(1);
            Duration now = Duration.ofHours(1);
            long expectedSeconds = 1;
            for (int i = 0; i < 10; i++) {
                backoffs.onFailure(address, now);
                Duration shortest = Duration.ofMillis(expectedSeconds * 750 - 1);
                Duration longest = Duration.ofMillis(expectedSeconds * 1250 + 1);
                assertTrue(backoffs.isBackingOff(address, now.plus(shortest)));
                assertFalse(backoffs.isBackingOff(address, now.plus(longest)));
                now = now.plus(longest);
                expectedSeconds = Math.min(30, expectedSeconds * 2);
            }
        });
    }

    @Test
    void forgetsAnAddressThatAnswered() {
        Seeds.forEach(1, random -> {
            Backoffs backoffs = new Backoffs(LIMITS, ADDRESSES_MAX, random);
            backoffs.onFailure(address(1), Duration.ZERO);
            backoffs.onSuccess(address(1));
            assertFalse(backoffs.isBackingOff(address(1), Duration.ZERO));
        });
    }

    @Test
    void remembersNoMoreAddressesThanTheBound() {
        Seeds.forEach(1, random -> {
            Backoffs backoffs = new Backoffs(LIMITS, ADDRESSES_MAX, random);
            for (int port = 1; port <= ADDRESSES_MAX + 1; port++) {
                backoffs.onFailure(address(port), Duration.ZERO);
            }
            assertFalse(backoffs.isBackingOff(address(1), Duration.ZERO), "the oldest is forgotten");
            assertTrue(backoffs.isBackingOff(address(2), Duration.ZERO));
        });
    }

    private static Multiaddr address(int port) throws WireException {
        return Multiaddr.parse("/ip4/198.51.100.1/tcp/" + port);
    }
}

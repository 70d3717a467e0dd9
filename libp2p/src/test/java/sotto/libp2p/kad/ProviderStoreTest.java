package sotto.libp2p.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;

/** Proves that announcements are kept for their time and within their bounds. */
class ProviderStoreTest {
    private static final KadLimits.Records LIMITS = new KadLimits.Records(100, 30, 30, 5, Duration.ofDays(1));
    private static final Bytes KEY = Bytes.utf8("key");

    private final RandomGenerator random = new SplittableRandom(1);
    private final ProviderStore store = new ProviderStore(LIMITS, Duration.ofMillis(100));

    @Test
    void namesWhoAnnouncedLastFirst() {
        Peer one = Peers.peer(random);
        Peer other = Peers.peer(random);
        store.add(KEY, one, 0);
        store.add(KEY, other, 1);
        assertEquals(List.of(other, one), store.providers(KEY, 2));
        store.add(KEY, one, 3);
        assertEquals(List.of(one, other), store.providers(KEY, 4));
    }

    @Test
    void forgetsAfterItsTime() {
        Peer one = Peers.peer(random);
        store.add(KEY, one, 0);
        assertEquals(List.of(one), store.providers(KEY, 99));
        assertEquals(List.of(), store.providers(KEY, 100));
        store.removeExpired(100);
        assertEquals(0, store.size());
    }

    @Test
    void takesOnlySoManyOfOnePeer() {
        Peer greedy = Peers.peer(random);
        for (int i = 0; i < 5; i++) {
            assertTrue(store.add(Bytes.utf8("k" + i), greedy, 0));
        }
        assertFalse(store.add(Bytes.utf8("k5"), greedy, 0));
        assertTrue(store.add(Bytes.utf8("k4"), greedy, 1));
        assertTrue(store.add(Bytes.utf8("k5"), Peers.peer(random), 0));
        store.removeExpired(100);
        assertTrue(store.add(Bytes.utf8("k6"), greedy, 100));
    }

    @Test
    void keepsTheNewestOfTooMany() {
        for (int i = 0; i < 30; i++) {
            store.add(KEY, Peers.peer(random), i);
        }
        assertEquals(ProviderStore.PER_KEY_MAX, store.providers(KEY, 30).size());
        for (int i = 0; i < 30; i++) {
            store.add(Bytes.utf8("k" + i), Peers.peer(random), 40);
        }
        assertEquals(30, store.size());
        assertEquals(List.of(), store.providers(KEY, 41));
    }

    @Test
    void boundsTheAnnouncementsOfAllKeysTogether() {
        for (int i = 0; i < 60; i++) {
            store.add(Bytes.utf8("k" + i % 3), Peers.peer(random), i);
        }
        int kept = 0;
        for (int i = 0; i < 3; i++) {
            kept += store.providers(Bytes.utf8("k" + i), 60).size();
        }
        assertEquals(30, kept);
    }
}

package sotto.libp2p.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.RecordStore;
import sotto.libp2p.host.RecordStore.StoredRecord;
import sotto.libp2p.peer.PeerId;

/** What every store of records promises: one of each key, no more than its bounds allow, and the closest rather than others. */
abstract class RecordStoreContract {
    static final KadLimits.Records LIMITS = new KadLimits.Records(100, 30, 20, 8, java.time.Duration.ofDays(1));
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final RandomGenerator random = new SplittableRandom(1);
    final Key self = Key.of(Peers.id(random));

    private final List<RecordStore> opened = new ArrayList<>();

    abstract RecordStore open() throws IOException;

    /** One that is closed after the test. */
    private RecordStore store() throws IOException {
        RecordStore store = open();
        opened.add(store);
        return store;
    }

    @AfterEach
    void closeAll() {
        opened.forEach(RecordStore::close);
    }

    @Test
    void keepsTheLastRecordOfAKey() throws IOException {
        RecordStore store = store();
        PeerId from = Peers.id(random);
        assertTrue(store.put(record("a", 1, from)));
        assertTrue(store.put(record("a", 2, from)));
        assertEquals(Optional.of(record("a", 2, from)), store.get(Bytes.utf8("a")));
        assertEquals(Optional.empty(), store.get(Bytes.utf8("b")));
        assertEquals(List.of(Bytes.utf8("a")), store.keys());
        assertEquals(1, store.size());
    }

    @Test
    void refusesWhatIsTooLarge() throws IOException {
        RecordStore store = store();
        PeerId from = Peers.id(random);
        assertFalse(store.put(new StoredRecord(Bytes.utf8("a"), Bytes.owning(new byte[101]), NOW, NOW, from)));
        assertFalse(store.put(new StoredRecord(Bytes.owning(new byte[31]), Bytes.EMPTY, NOW, NOW, from)));
        assertEquals(0, store.size());
    }

    @Test
    void takesOnlySoManyOfOnePeer() throws IOException {
        RecordStore store = store();
        PeerId greedy = Peers.id(random);
        for (int i = 0; i < 8; i++) {
            assertTrue(store.put(record("g" + i, 1, greedy)));
        }
        assertFalse(store.put(record("g8", 1, greedy)));
        assertTrue(store.put(record("g7", 2, greedy)));
        assertTrue(store.put(record("o", 1, Peers.id(random))));
        // Whoever brings the next copy answers for it.
        assertTrue(store.put(record("g0", 1, Peers.id(random))));
        assertTrue(store.put(record("g8", 1, greedy)));
    }

    @Test
    void keepsTheClosestOnceItIsFull() throws IOException {
        RecordStore store = store();
        List<Bytes> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            StoredRecord record = record("k" + i, 1, Peers.id(random));
            keys.add(record.key());
            store.put(record);
        }
        List<Bytes> closest = keys.stream()
                .sorted((one, other) -> self.distanceTo(Key.of(one)).compareTo(self.distanceTo(Key.of(other))))
                .limit(20)
                .toList();
        assertEquals(20, store.size());
        assertTrue(store.keys().containsAll(closest));
    }

    @Test
    void dropsWhatHasExpired() throws IOException {
        RecordStore store = store();
        PeerId from = Peers.id(random);
        for (int i = 0; i < 8; i++) {
            store.put(record("k" + i, 1, from));
        }
        store.removeExpired(NOW.plusSeconds(59));
        assertEquals(8, store.size());
        store.removeExpired(NOW.plusSeconds(60));
        assertEquals(0, store.size());
        assertTrue(store.put(record("again", 1, from)));
    }

    StoredRecord record(String key, int value, PeerId from) {
        return new StoredRecord(Bytes.utf8(key), Newest.value(value), NOW, NOW.plusSeconds(60), from);
    }
}

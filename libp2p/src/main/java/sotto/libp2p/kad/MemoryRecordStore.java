package sotto.libp2p.kad;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.RecordStore;
import sotto.libp2p.peer.PeerId;

/**
 * Records in memory. When it is full, a record closer to this host's own key takes the place of the one furthest away: of
 * that one, others are the better keepers. Not thread-safe.
 */
public final class MemoryRecordStore implements RecordStore {
    private final Key self;
    private final KadLimits.Records limits;
    private final Map<Bytes, StoredRecord> records = new HashMap<>();
    private final TreeMap<Distance, Bytes> byDistance = new TreeMap<>();
    private final Map<PeerId, Integer> perPeer = new HashMap<>();

    /** For the host whose key is {@code self}. */
    public MemoryRecordStore(Key self, KadLimits.Records limits) {
        this.self = self;
        this.limits = limits;
    }

    @Override
    public Optional<StoredRecord> get(Bytes key) {
        return Optional.ofNullable(records.get(key));
    }

    @Override
    public boolean put(StoredRecord record) {
        boolean isTooLarge =
                record.key().size() > limits.keyBytesMax() || record.value().size() > limits.valueBytesMax();
        if (isTooLarge || !hasRoom(record)) {
            return false;
        }
        remove(record.key());
        records.put(record.key(), record);
        byDistance.put(distanceOf(record.key()), record.key());
        perPeer.merge(record.from(), 1, Integer::sum);
        if (records.size() > limits.recordsMax()) {
            remove(byDistance.lastEntry().getValue());
        }
        return true;
    }

    @Override
    public void removeExpired(Instant now) {
        List<Bytes> expired = records.values().stream()
                .filter(record -> record.hasExpired(now))
                .map(StoredRecord::key)
                .toList();
        expired.forEach(this::remove);
    }

    @Override
    public List<Bytes> keys() {
        return List.copyOf(records.keySet());
    }

    @Override
    public int size() {
        return records.size();
    }

    /** What this store holds, for one that persists it. */
    List<StoredRecord> all() {
        return List.copyOf(records.values());
    }

    private boolean hasRoom(StoredRecord record) {
        if (records.containsKey(record.key())) {
            return true;
        }
        return perPeer.getOrDefault(record.from(), 0) < limits.perPeerMax()
                && (records.size() < limits.recordsMax()
                        || distanceOf(record.key()).compareTo(byDistance.lastKey()) < 0);
    }

    private void remove(Bytes key) {
        StoredRecord removed = records.remove(key);
        if (removed != null) {
            byDistance.remove(distanceOf(key));
            perPeer.computeIfPresent(removed.from(), (same, count) -> count == 1 ? null : count - 1);
        }
    }

    private Distance distanceOf(Bytes key) {
        return self.distanceTo(Key.of(key));
    }
}

package sotto.node.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.RecordStore;
import sotto.libp2p.runtime.VirtualTime;

/** The records of a server that keeps everything it was ever given, and when, and from whom; it may give out less, or lie. */
final class SpyingStore implements RecordStore {
    private final VirtualTime time;
    private final Map<Bytes, StoredRecord> records = new HashMap<>();
    private final Map<Bytes, StoredRecord> lies = new HashMap<>();
    private final List<Put> puts = new ArrayList<>();
    private boolean isDropping;

    SpyingStore(VirtualTime time) {
        this.time = time;
    }

    /** @param at since the world began */
    record Put(Duration at, StoredRecord record) {}

    List<Put> puts() {
        return List.copyOf(puts);
    }

    /** Takes everything from now on, or no longer, and has none of it. */
    void setDropping(boolean dropping) {
        isDropping = dropping;
        if (dropping) {
            records.clear();
        }
    }

    /** Gives out {@code value} for {@code key} from now on, whatever that is and whatever comes. */
    void lie(Bytes key, Bytes value) {
        StoredRecord honest = Optional.ofNullable(records.get(key)).orElseThrow();
        Instant never = honest.expiresAt().plus(Duration.ofDays(30));
        lies.put(key, new StoredRecord(key, value, honest.receivedAt(), never, honest.from()));
    }

    @Override
    public Optional<StoredRecord> get(Bytes key) {
        return Optional.ofNullable(lies.getOrDefault(key, records.get(key)));
    }

    @Override
    public boolean put(StoredRecord record) {
        puts.add(new Put(time.now(), record));
        if (!isDropping) {
            records.put(record.key(), record);
        }
        return true;
    }

    @Override
    public void removeExpired(Instant now) {
        records.values().removeIf(record -> record.hasExpired(now));
    }

    @Override
    public List<Bytes> keys() {
        return List.copyOf(records.keySet());
    }

    @Override
    public int size() {
        return records.size();
    }
}

package sotto.libp2p.host;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.peer.PeerId;

/**
 * The records that a server of the table keeps for others: one for each key, bounded in all and for each peer that brought them.
 * What is stored has been validated. Confined to the routing's loop, so no call may take long.
 */
public interface RecordStore extends AutoCloseable {
    /** The record of {@code key}, expired or not. */
    Optional<StoredRecord> get(Bytes key);

    /**
     * Keeps {@code record} instead of an earlier one of its key.
     *
     * @return false if a bound does not allow it, and nothing has changed
     */
    boolean put(StoredRecord record);

    /** Drops what has expired at {@code now}. */
    void removeExpired(Instant now);

    /** All keys, in no order. */
    List<Bytes> keys();

    int size();

    /** Gives back what it holds open; what persists stays. */
    @Override
    default void close() {}

    /**
     * A record as it is kept.
     *
     * @param receivedAt when it came in
     * @param expiresAt from when it is not handed out any more
     * @param from the peer that brought it
     */
    record StoredRecord(Bytes key, Bytes value, Instant receivedAt, Instant expiresAt, PeerId from) {
        public boolean hasExpired(Instant now) {
            return !now.isBefore(expiresAt);
        }
    }
}

package sotto.libp2p.host;

import java.time.Instant;
import java.util.List;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * The rules of one namespace of records, the first part of a key such as {@code /sotto/…} (kad-dht specification, "Entry
 * validation"). Servers ask before they store, readers before they believe. Pure, so thread-safe.
 */
public interface RecordValidator {
    /**
     * Refuses what is no value of {@code key} at {@code now}.
     *
     * @return until when a server may keep it; servers have a bound of their own on top
     * @throws WireException if the value is malformed, forged, of another key, expired, or too large
     */
    Instant validate(Bytes key, Bytes value, Instant now) throws WireException;

    /** Which of several valid values of {@code key} is the best, by its index; the same whatever the order of the values. */
    int select(Bytes key, List<Bytes> values);

    /**
     * Whether readers may hand the best value to servers that answered with a worse one. That tells servers who reads, so
     * the answer is no where readers are to stay unknown.
     */
    default boolean allowsEntryCorrection() {
        return false;
    }
}

package sotto.node.directory;

import java.time.Instant;
import java.util.List;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.Ed25519PublicKey;
import sotto.libp2p.host.RecordValidator;
import sotto.node.wire.Locator;

/**
 * The rules of the namespace {@code sotto} in the DHT: any server can hold a sealed record to them, knowing no secret ({@code
 * docs/protocol/directory.md}, "Keys and values"). Thread-safe.
 */
public final class SealedRecordValidator implements RecordValidator {
    /** The first part of the keys that this validator is for. */
    public static final String NAMESPACE = "sotto";

    private static final Bytes KEY_PREFIX = Bytes.utf8("/" + NAMESPACE + "/");

    private final Crypto crypto;

    public SealedRecordValidator(Crypto crypto) {
        this.crypto = crypto;
    }

    /** Under which key of the DHT the record of {@code locator} lies. */
    public static Bytes key(Locator locator) {
        return Bytes.concat(KEY_PREFIX, locator.bytes());
    }

    @Override
    public Instant validate(Bytes key, Bytes value, Instant now) throws WireException {
        SealedRecord record = SealedRecord.checked(crypto, value, locator(key), now);
        return record.expiresAt().plus(SealedRecord.CLOCK_GRACE);
    }

    /** The highest sequence; of several with one sequence the greatest bytes, so that all servers choose alike. */
    @Override
    public int select(Bytes key, List<Bytes> values) {
        int best = 0;
        for (int i = 1; i < values.size(); i++) {
            if (isBetter(values.get(i), values.get(best))) {
                best = i;
            }
        }
        return best;
    }

    private static boolean isBetter(Bytes one, Bytes other) {
        int order = Long.compareUnsigned(sequence(one), sequence(other));
        return order > 0 || (order == 0 && one.compareTo(other) > 0);
    }

    private static long sequence(Bytes valid) {
        try {
            ByteReader in = new ByteReader(valid);
            in.raw(Ed25519PublicKey.SIZE_BYTES);
            return in.u64();
        } catch (WireException impossible) {
            throw new IllegalStateException("only valid values are compared", impossible);
        }
    }

    private static Locator locator(Bytes key) throws WireException {
        int prefixBytes = KEY_PREFIX.size();
        if (key.size() <= prefixBytes || !key.slice(0, prefixBytes).equals(KEY_PREFIX)) {
            throw new WireException("a key that is not in the namespace sotto");
        }
        return Locator.decode(key.slice(prefixBytes, key.size()));
    }
}

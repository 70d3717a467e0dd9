package sotto.libp2p.kad;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.PublicKey;
import sotto.libp2p.host.RecordValidator;
import sotto.libp2p.peer.PeerId;

/**
 * The rules of the namespace {@code pk}, for networks that use it: {@code /pk/} and a peer id is the key of that peer's public key
 * (kad-dht specification, "Value routing"). Stateless.
 */
public final class PublicKeyRecords implements RecordValidator {
    public static final String NAMESPACE = "pk";

    private static final Bytes PREFIX = Bytes.utf8("/pk/");
    private static final Duration AGE_MAX = Duration.ofDays(1);

    @Override
    public Instant validate(Bytes key, Bytes value, Instant now) throws WireException {
        Bytes id = key.slice(Math.min(PREFIX.size(), key.size()), key.size());
        boolean isOfKey = key.startsWith(PREFIX)
                && PeerId.of(PublicKey.decode(value)).multihash().equals(id);
        if (!isOfKey) {
            throw new WireException("a public key of another peer");
        }
        return now.plus(AGE_MAX);
    }

    /** All valid ones are equal. */
    @Override
    public int select(Bytes key, List<Bytes> values) {
        return 0;
    }
}

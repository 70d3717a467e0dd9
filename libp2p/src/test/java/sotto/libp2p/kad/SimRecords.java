package sotto.libp2p.kad;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.RecordValidator;

/** Records of the size and life of the directory's: 4,096 bytes, of which the first eight are a version, for seven days. */
final class SimRecords implements RecordValidator {
    static final Validators VALIDATORS = new Validators(Map.of("sim", new SimRecords()));

    private static final Duration LIFE = Duration.ofDays(7);
    private static final int SIZE_BYTES = 4_096;
    private static final int VERSION_DIGITS = 8;

    private SimRecords() {}

    static Bytes key(RandomGenerator random) {
        return Bytes.concat(Bytes.utf8("/sim/"), Peers.bytes(random, 20));
    }

    static Bytes value(int version) {
        byte[] value = new byte[SIZE_BYTES];
        byte[] digits = String.format("%08d", version).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, value, 0, VERSION_DIGITS);
        return Bytes.owning(value);
    }

    @Override
    public Instant validate(Bytes key, Bytes value, Instant now) throws WireException {
        if (value.size() != SIZE_BYTES) {
            throw new WireException("a value of another size");
        }
        return now.plus(LIFE);
    }

    @Override
    public int select(Bytes key, List<Bytes> values) {
        int best = 0;
        for (int i = 1; i < values.size(); i++) {
            if (version(values.get(i)).compareTo(version(values.get(best))) > 0) {
                best = i;
            }
        }
        return best;
    }

    private static Bytes version(Bytes value) {
        return value.slice(0, VERSION_DIGITS);
    }
}

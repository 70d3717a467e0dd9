package sotto.libp2p.kad;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.RecordValidator;

/** Records that are a number in text, of which the higher is the better; expire when told to. */
public record Newest(Instant expiresAt, boolean allowsEntryCorrection) implements RecordValidator {
    public static final Newest FOR_EVER = new Newest(Instant.MAX, false);

    public static Bytes value(int number) {
        return Bytes.utf8(Integer.toString(number));
    }

    @Override
    public Instant validate(Bytes key, Bytes value, Instant now) throws WireException {
        try {
            number(value);
            return expiresAt;
        } catch (NumberFormatException malformed) {
            throw new WireException("not a number", malformed);
        }
    }

    @Override
    public int select(Bytes key, List<Bytes> values) {
        return IntStream.range(0, values.size())
                .reduce(0, (best, i) -> number(values.get(i)) > number(values.get(best)) ? i : best);
    }

    private static int number(Bytes value) {
        return Integer.parseInt(new String(value.toArray(), StandardCharsets.UTF_8));
    }
}

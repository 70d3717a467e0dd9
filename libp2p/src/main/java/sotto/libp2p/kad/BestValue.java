package sotto.libp2p.kad;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.RecordValidator;

/**
 * The best of the values of one key that servers answer with: what is not valid is as if it had not been answered. Not
 * thread-safe.
 */
public final class BestValue {
    private final Bytes key;
    private final RecordValidator validator;
    private final Instant now;
    private final List<Peer> outdated = new ArrayList<>();
    private final List<Peer> current = new ArrayList<>();
    private @Nullable Bytes best;

    public BestValue(Bytes key, RecordValidator validator, Instant now) {
        this.key = key;
        this.validator = validator;
        this.now = now;
    }

    /** {@code from} answered with {@code value}. */
    public void add(Bytes value, Peer from) {
        if (accept(value, from)) {
            current.add(from);
        }
    }

    /** This host has {@code value} itself. */
    public void addOwn(Bytes value) {
        accept(value, null);
    }

    public Optional<Bytes> value() {
        return Optional.ofNullable(best);
    }

    /** How many servers have it. */
    public int copies() {
        return current.size();
    }

    /** Servers that answered with a valid one that is worse. */
    public List<Peer> outdated() {
        return List.copyOf(outdated);
    }

    private boolean accept(Bytes value, @Nullable Peer from) {
        if (best != null && value.equals(best)) {
            return true;
        }
        if (!isValid(value)) {
            return false;
        }
        if (best != null && validator.select(key, List.of(best, value)) == 0) {
            if (from != null) {
                outdated.add(from);
            }
            return false;
        }
        best = value;
        outdated.addAll(current);
        current.clear();
        return true;
    }

    private boolean isValid(Bytes value) {
        try {
            return now.isBefore(validator.validate(key, value, now));
        } catch (WireException refused) {
            return false;
        }
    }
}

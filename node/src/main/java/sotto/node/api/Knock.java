package sotto.node.api;

import java.time.Instant;
import java.util.List;

/**
 * An attempt of ours to become somebody's contact.
 *
 * @param id names this attempt in events
 * @param hints addresses that will be dialled
 */
public record Knock(String id, List<String> hints, Instant since, Instant expiresAt) {
    public Knock {
        hints = List.copyOf(hints);
    }
}

package sotto.node.api;

import java.time.Instant;

/**
 * An invitation of ours.
 *
 * @param code the whole code as it is given away: prefix, 64 symbols, hints
 */
public record Invitation(
        String label, String code, int uses, int usesLeft, Instant createdAt, Instant expiresAt, State state) {
    /** Why it can or cannot be used. */
    public enum State {
        OPEN,
        USED_UP,
        EXPIRED,
        REVOKED
    }
}

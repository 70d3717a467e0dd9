package sotto.node.api;

import java.time.Instant;

/**
 * An invitation of ours.
 *
 * @param code the whole code as it is given away: prefix, 64 symbols, hints
 * @param publication where its record can be found
 */
public record Invitation(
        String label,
        String code,
        int uses,
        int usesLeft,
        Instant createdAt,
        Instant expiresAt,
        State state,
        Publication publication) {
    /** Whether whoever has the code finds us by the code alone. */
    public enum Publication {
        /** No directory is known: the code leads to us by its hints, while our node runs. */
        LOCAL,
        /** No server of the directory has the record yet. */
        PENDING,
        PUBLISHED
    }

    /** Why it can or cannot be used. */
    public enum State {
        OPEN,
        USED_UP,
        EXPIRED,
        REVOKED
    }
}

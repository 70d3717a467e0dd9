package sotto.node.api;

import java.time.Duration;

/** What an invitation is to be: how it is called here, how often and how long it can be used, and whether its code carries hints. */
public record InvitationTerms(String label, int uses, Duration lifetime, boolean hasHints) {
    public static final int USES_MAX = 1000;
    public static final Duration DEFAULT_LIFETIME = Duration.ofDays(7);
    public static final Duration LIFETIME_MAX = Duration.ofDays(366);

    public InvitationTerms {
        if (uses < 1 || uses > USES_MAX) {
            throw new IllegalArgumentException("an invitation has 1 to " + USES_MAX + " uses, not " + uses);
        }
        if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LIFETIME_MAX) > 0) {
            throw new IllegalArgumentException("an invitation lives for at most " + LIFETIME_MAX.toDays() + " days");
        }
    }
}

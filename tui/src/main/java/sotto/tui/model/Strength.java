package sotto.tui.model;

/**
 * How hard a passphrase is to guess.
 *
 * @param score 0 (at once) to 4 (very hard), or {@link #UNKNOWN}'s
 * @param advice how long it stands, in a few words, or empty
 */
public record Strength(int score, String advice) {
    /** Not measured yet. */
    public static final Strength UNKNOWN = new Strength(-1, "");

    private static final int WEAK_MAX = 2;

    public boolean isKnown() {
        return score >= 0;
    }

    public boolean isWeak() {
        return isKnown() && score <= WEAK_MAX;
    }
}

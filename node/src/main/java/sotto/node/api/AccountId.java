package sotto.node.api;

import java.util.regex.Pattern;

/**
 * Who somebody is: 64 lower-case hexadecimal digits, SHA-256 over an account's two public keys. Only this is verified, never
 * a name.
 */
public record AccountId(String hex) implements Comparable<AccountId> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final int START_DIGITS = 16;

    public AccountId {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("an account id has 64 hexadecimal digits");
        }
    }

    /** As many digits as tell contacts apart; nothing to verify anybody by. */
    public String start() {
        return hex.substring(0, START_DIGITS);
    }

    @Override
    public int compareTo(AccountId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}

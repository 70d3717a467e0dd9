package sotto.node.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sotto.libp2p.bytes.Bytes;
import sotto.node.api.AccountId;
import sotto.node.wire.Label;

/**
 * 60 digits by which two people see that nobody stands between them: the same on both ends exactly if both hold the same two
 * account ids. Thirty digits per account, the smaller thirty first ({@code docs/protocol/identity.md}).
 */
public record SafetyNumber(String digits) {
    private static final Pattern FORM = Pattern.compile("[0-9]{60}");
    private static final int ITERATIONS = 5_200;
    private static final int GROUPS_PER_ACCOUNT = 6;
    private static final int GROUP_BYTES = 5;
    private static final int GROUP_DIGITS = 5;
    private static final long GROUP_MODULUS = 100_000;

    public SafetyNumber {
        if (!FORM.matcher(digits).matches()) {
            throw new IllegalArgumentException("a safety number has 60 digits");
        }
    }

    /** The number of two accounts, in either order. Takes milliseconds, on purpose: keep it rather than ask again. */
    public static SafetyNumber of(AccountId one, AccountId other) {
        return new SafetyNumber(Stream.of(digits(one), digits(other)).sorted().collect(Collectors.joining()));
    }

    /** The digits in twelve groups of five, as people read them to each other. */
    public List<String> groups() {
        List<String> groups = new ArrayList<>();
        for (int from = 0; from < digits.length(); from += GROUP_DIGITS) {
            groups.add(digits.substring(from, from + GROUP_DIGITS));
        }
        return groups;
    }

    // The iterations make it dear to search for an account whose digits are close to somebody else's.
    private static String digits(AccountId id) {
        MessageDigest sha512 = sha512();
        byte[] account = Bytes.ofHex(id.hex()).toArray();
        byte[] hash = Label.SAFETY_NUMBER.over(Bytes.copyOf(account)).toArray();
        for (int i = 0; i < ITERATIONS; i++) {
            sha512.update(hash);
            hash = sha512.digest(account);
        }
        StringBuilder digits = new StringBuilder();
        for (int group = 0; group < GROUPS_PER_ACCOUNT; group++) {
            digits.append(groupDigits(hash, group * GROUP_BYTES));
        }
        return digits.toString();
    }

    private static String groupDigits(byte[] hash, int offset) {
        long number = 0;
        for (int i = 0; i < GROUP_BYTES; i++) {
            number = number << 8 | (hash[offset + i] & 0xff);
        }
        return String.format(Locale.ROOT, "%05d", number % GROUP_MODULUS);
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-512", impossible);
        }
    }
}

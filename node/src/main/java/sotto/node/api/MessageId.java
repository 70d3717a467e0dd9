package sotto.node.api;

import java.util.regex.Pattern;

/** 128 random bits that name one message on both ends: 32 lower-case hexadecimal digits. */
public record MessageId(String hex) {
    public static final int SIZE_BYTES = 16;

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public MessageId {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a message id has 32 hexadecimal digits");
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}

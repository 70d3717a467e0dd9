package sotto.node.api;

import java.nio.charset.StandardCharsets;

/** A name that its owner chose: 1 to 64 bytes of UTF-8 that are harmless to show, without blanks at its ends. */
public record DisplayName(SafeText text) {
    public static final int SIZE_BYTES_MAX = 64;

    public DisplayName {
        int sizeBytes = text.value().getBytes(StandardCharsets.UTF_8).length;
        if (text.value().isBlank() || sizeBytes > SIZE_BYTES_MAX) {
            throw new IllegalArgumentException("a name has 1 to 64 bytes of UTF-8, not " + sizeBytes);
        }
    }

    /** The harmless form of {@code raw}, stripped and cut to size; {@code nobody} where nothing is left. */
    public static DisplayName of(String raw) {
        String safe = new SafeText(raw).value().replaceAll("\\s+", " ").strip();
        while (safe.getBytes(StandardCharsets.UTF_8).length > SIZE_BYTES_MAX) {
            safe = safe.substring(0, safe.offsetByCodePoints(safe.length(), -1)).strip();
        }
        return new DisplayName(new SafeText(safe.isEmpty() ? "nobody" : safe));
    }

    @Override
    public String toString() {
        return text.value();
    }
}

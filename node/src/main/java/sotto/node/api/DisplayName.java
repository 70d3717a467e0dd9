package sotto.node.api;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A name that its owner chose: one line, 1 to 64 bytes of UTF-8 that are harmless to show, without blanks at its ends or beside blanks. */
public record DisplayName(SafeText text) {
    public static final int SIZE_BYTES_MAX = 64;

    /** What is looked at of a text that wants to be a name. */
    private static final int LENGTH_READ_MAX = 1024;

    /** What stands where a name has nothing that can be seen. */
    private static final String NOBODY = "nobody";

    /** Blanks of every width, line feeds, and the braille cell without dots. */
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\u2800]+");

    public DisplayName {
        String name = text.value();
        int sizeBytes = sizeBytes(name);
        if (sizeBytes < 1 || sizeBytes > SIZE_BYTES_MAX) {
            throw new IllegalArgumentException("a name has 1 to 64 bytes of UTF-8, not " + sizeBytes);
        }
        if (!name.equals(tidied(name))) {
            throw new IllegalArgumentException("a name is one line, and its blanks are single and inside");
        }
    }

    /** The harmless form of {@code raw}, stripped and cut to size; {@code nobody} where nothing is left. */
    public static DisplayName of(String raw) {
        String name = tidied(raw.substring(0, Math.min(raw.length(), LENGTH_READ_MAX)));
        while (sizeBytes(name) > SIZE_BYTES_MAX) {
            name = tidied(name.substring(0, name.offsetByCodePoints(name.length(), -1)));
        }
        return new DisplayName(new SafeText(name.isEmpty() ? NOBODY : name));
    }

    /** Harmless, with every run of blanks as one and none at the ends. Repeated, because a mark may lose the blank it was on. */
    private static String tidied(String raw) {
        String before;
        String after = new SafeText(raw).value();
        do {
            before = after;
            after = new SafeText(BLANKS.matcher(before).replaceAll(" ").strip()).value();
        } while (!after.equals(before));
        return after;
    }

    /** True if it has letters of several scripts that no one language is written in together. */
    public boolean mixesScripts() {
        return Scripts.areMixed(text.value());
    }

    private static int sizeBytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public String toString() {
        return text.value();
    }
}

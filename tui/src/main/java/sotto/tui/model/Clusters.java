package sotto.tui.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the characters that people see begin and end in a text: a letter with its accents, an emoji of many parts, a flag. All
 * positions are indices of UTF-16 units.
 */
public final class Clusters {
    /** No character of a living script is longer; what is longer is cut, so that no text is one endless character. */
    public static final int LENGTH_MAX = 64;

    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private Clusters() {}

    /** The end of the cluster that starts at {@code start}, which must be inside {@code text}. */
    public static int end(String text, int start) {
        if (isSimple(text, start)) {
            return start + 1;
        }
        int limit = Math.min(text.length(), start + LENGTH_MAX);
        if (limit < text.length() && Character.isLowSurrogate(text.charAt(limit))) {
            limit--;
        }
        Matcher matcher = CLUSTER.matcher(text).region(start, limit);
        return matcher.lookingAt() ? matcher.end() : start + 1;
    }

    /** The start of the cluster that ends at or contains {@code position}; {@code position} is above 0. */
    public static int start(String text, int position) {
        int start = anchor(text, position - 1);
        while (true) {
            int end = end(text, start);
            if (end >= position) {
                return start;
            }
            start = end;
        }
    }

    /** The nearest position at or after {@code position} where a cluster ends, or the start of the text. */
    public static int boundary(String text, int position) {
        return position == 0 ? 0 : end(text, start(text, position));
    }

    /** Printable ASCII before ASCII: by far the most. */
    private static boolean isSimple(String text, int start) {
        return text.charAt(start) < 0x80 && (start + 1 == text.length() || text.charAt(start + 1) < 0x80);
    }

    /** A position at or before {@code position} where a cluster surely starts: an ASCII character that follows another, or the text's start. */
    private static int anchor(String text, int position) {
        int i = position;
        while (i > 0 && !(text.charAt(i) < 0x80 && text.charAt(i - 1) < 0x80)) {
            i--;
        }
        return i;
    }
}

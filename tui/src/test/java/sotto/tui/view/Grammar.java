package sotto.tui.view;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The whole language that the UI may write to a terminal. */
final class Grammar {
    private static final String CSI = "\\x1b\\[";
    private static final Pattern WORD = Pattern.compile(CSI + "\\d{1,4};\\d{1,4}H|" + CSI + "[0-9;]{1,12}m|" + CSI
            + "2J|" + CSI + "\\?(7|25|1049|2004|2026)[hl]|[^\\x00-\\x1f\\x7f-\\x9f]");

    private Grammar() {}

    /** Fails unless {@code bytes} are well-formed UTF-8 and nothing but our own words. */
    static void check(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            fail("not UTF-8", e);
            return;
        }
        Matcher matcher = WORD.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.region(at, text.length()).lookingAt()) {
                fail("not our own at " + at + ": " + escaped(text.substring(at, Math.min(text.length(), at + 20))));
            }
            at = matcher.end();
        }
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(c > ' ' && c < 0x7f ? "" + (char) c : String.format("\\u%04x", c)));
        return escaped.toString();
    }
}

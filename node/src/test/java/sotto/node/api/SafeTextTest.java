package sotto.node.api;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that no text can do more to a terminal or a reader than ordinary text does, and that ordinary text stays as it is. */
final class SafeTextTest {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f&&[^\\n]]");
    private static final Pattern BIDI = Pattern.compile("[\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069]");
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\u200b\\u2060-\\u2064\\ufeff\\u00ad\\u034f\\u3164\\u115f\\u1160\\uffa0]");
    private static final Pattern LONG_RUN_OF_MARKS = Pattern.compile("[\\p{M}]{19,}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain words, 100 % of them",
                "two\nlines",
                "Gr\u00fc\u00dfe, \u017elu\u0165ou\u010dk\u00fd",
                "cafe\u0301 in pieces, Vie\u0323\u0302t Nam",
                "\u6f22\u5b57\u3068\u304b\u306a \ud55c\uad6d\uc5b4 \u1112\u1161\u11ab",
                "\u845b\udb40\udd00\u57ce",
                "\u0627\u0644\u0633\u0644\u0627\u0645 \u05e9\u05dc\u05d5\u05dd \u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
                "\u0915\u094d\u200d\u0937 \u0928\u092e\u0938\u094d\u0924\u0947",
                "\u1019\u103c\u103d\u103e\u102d\u102f\u1037",
                "\ud83d\ude00 \ud83d\udc4d\ud83c\udffd \u2764\ufe0f #\ufe0f\u20e3",
                "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66",
                "\ud83d\udc69\ud83c\udffb\u200d\u2764\ufe0f\u200d\ud83d\udc8b\u200d\ud83d\udc69\ud83c\udffb",
                "\ud83c\udff3\ufe0f\u200d\ud83c\udf08 \ud83c\udde9\ud83c\uddea\ud83c\uddef\ud83c\uddf5",
                "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f",
                "newer than this JDK: \ud83e\udee8",
                "\u2500\u2502 box, \u20ac, \u00bd, \u2192"
            })
    void leavesOrdinaryTextAsItIs(String ordinary) {
        assertEquals(ordinary, new SafeText(ordinary).value());
    }

    static Stream<String[]> hostileAndHarmless() {
        return Stream.of(
                new String[] {"\u001b[2Jx", "\ufffd[2Jx"},
                new String[] {"\u001b]52;c;b3duZWQ=\u0007", "\ufffd]52;c;b3duZWQ=\ufffd"},
                new String[] {"\u009b2J\u0085\u0000\u007f", "\ufffd2J\ufffd\ufffd\ufffd"},
                new String[] {"a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"},
                new String[] {"a\tb", "a    b"},
                new String[] {"invoice\u202efdp.exe", "invoicefdp.exe"},
                new String[] {"\u2066a\u2069\u200e\u200f\u061c", "a"},
                new String[] {"pay\u200b\u2060\ufeff\u00adpal", "paypal"},
                new String[] {"a\u200db\u200cc", "abc"},
                new String[] {"\u200d\ud83d\udc69\u200d", "\ud83d\udc69"},
                new String[] {"\ud83d\udc69\u200d\u200d\ud83d\udc67", "\ud83d\udc69\u200d\ud83d\udc67"},
                new String[] {"\u0639\u200d\uc723 \u0639\u200c\u200d\u0639\u200d", "\u0639\uc723 \u0639\u200d\u0639"},
                new String[] {"\u3164\u115f\uffa0x", "x"},
                new String[] {"x\udb40\udc41\udb40\udc42", "x"},
                new String[] {"\ud83c\udff4\udb40\udc75\udb40\udc73\udb40\udc7f", "\ud83c\udff4"},
                new String[] {"x\ufe0f\ufe00\udb40\udd55", "x"},
                new String[] {"\u2764\ufe0f\ufe0f\udb40\udd55\udb40\udd56", "\u2764\ufe0f"},
                new String[] {"\ud800a\udc00", "\ufffda\ufffd"},
                new String[] {"\ufffe\ufdd0\udbff\udfff", "\ufffd\ufffd\ufffd"},
                new String[] {"\u0301x\n\u0301y", "x\ny"},
                new String[] {"z" + "\u0335".repeat(5000), "z" + "\u0335".repeat(SafeText.MARKS_MAX)},
                new String[] {"\u1100" + "\u1161".repeat(5000), "\u1100" + "\u1161".repeat(SafeText.MARKS_MAX)});
    }

    @ParameterizedTest
    @MethodSource("hostileAndHarmless")
    void makesHostileTextHarmless(String hostile, String harmless) {
        assertEquals(harmless, new SafeText(hostile).value());
    }

    @Test
    void cutsAnEndlessChainOfJoinedEmoji() {
        String chain = new SafeText("\ud83d\udc69\u200d".repeat(1000) + "\ud83d\udc69").value();
        assertTrue(Stream.of(chain.split("\ud83d\udc69\ud83d\udc69", -1)).allMatch(part -> part.length() <= 15), chain);
    }

    @Test
    void plainTextIsNotEvenCopied() {
        String plain = "nothing to see here\nnor here";
        assertSame(plain, new SafeText(plain).value());
    }

    @Test
    void whateverComesInIsHarmlessAndAFixedPoint() {
        long seed = Long.getLong("seed", 20261124);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            String raw = HostileText.next(random);
            String safe = new SafeText(raw).value();
            String context = "seed " + seed + ", text " + i;
            assertAll(
                    context,
                    () -> assertEquals(safe, new SafeText(safe).value(), "safe again"),
                    () -> assertTrue(safe.length() <= 4 * raw.length(), "bounded"),
                    () -> assertTrue(!CONTROL.matcher(safe).find(), "controls"),
                    () -> assertTrue(!BIDI.matcher(safe).find(), "bidi"),
                    () -> assertTrue(!INVISIBLE.matcher(safe).find(), "invisible"),
                    () -> assertTrue(!LONG_RUN_OF_MARKS.matcher(safe).find(), "marks"),
                    () -> assertTrue(
                            safe.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE),
                            "surrogates"));
        }
    }
}

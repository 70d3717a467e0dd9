package sotto.node.contact;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A way in which a name can be read at a glance: two names that share one can be taken for each other. Accents, blanks, punctuation and
 * the characters that look like Latin letters are evened out, after the idea of Unicode's technical standard 39.
 */
public record NameSkeleton(String shape) {
    private static final String TABLE = "lookalikes.txt";

    /** Cyrillic, Greek and other small letters, and digits, that Unicode's table tells apart but a hurried reader does not. */
    private static final String ALSO = "0o 1l 5s 8b ıi вb кk мm нh тt ӏl ьb βb εe ηn κk τt χx ωw ϲc ϳj նu ɩi ꞓc";

    private static final Map<Integer, String> LETTERS = letters();

    /** Two letters that look like one, in the order in which they are evened out. */
    private static final List<String[]> SEQUENCES =
            List.of(new String[] {"rn", "m"}, new String[] {"vv", "w"}, new String[] {"cl", "d"});

    /** How {@code name} reads as it is written and in capitals; so names that differ in case alone share one. */
    public static Set<NameSkeleton> of(String name) {
        return Stream.of(name, name.toUpperCase(Locale.ROOT))
                .map(NameSkeleton::drawn)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** True if one name can be taken for the other. */
    public static boolean areAlike(String name, String other) {
        return !Collections.disjoint(of(name), of(other));
    }

    private static NameSkeleton drawn(String name) {
        // Capitals look like other letters than small ones do, so both are looked up.
        String small = latin(Normalizer.normalize(name, Normalizer.Form.NFKD)).toLowerCase(Locale.ROOT);
        String drawn = kept(latin(small), c -> !isAccent(c) && !Character.isWhitespace(c));
        String plain = kept(drawn, c -> Character.isLetterOrDigit(c) || isMark(c));
        for (String[] sequence : SEQUENCES) {
            plain = plain.replace(sequence[0], sequence[1]);
        }
        // A name of pictures alone is known by its pictures.
        return new NameSkeleton(plain.isEmpty() ? drawn : plain);
    }

    private static String kept(String text, IntPredicate isKept) {
        return text.codePoints().filter(isKept).mapToObj(Character::toString).collect(Collectors.joining());
    }

    /** What any letter can wear, and the points of Hebrew, which are written or not; in other scripts a mark is another vowel. */
    private static boolean isAccent(int c) {
        UnicodeScript script = UnicodeScript.of(c);
        return Character.getType(c) == Character.FORMAT
                || (isMark(c) && (script == UnicodeScript.INHERITED || script == UnicodeScript.HEBREW));
    }

    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    private static String latin(String text) {
        return text.codePoints()
                .mapToObj(c -> LETTERS.getOrDefault(c, Character.toString(c)))
                .collect(Collectors.joining());
    }

    private static Map<Integer, String> letters() {
        Map<Integer, String> letters = new HashMap<>();
        tableLines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] words = line.split(" ", -1);
            Arrays.stream(words).skip(1).forEach(code -> letters.put(Integer.parseInt(code, 16), words[0]));
        });
        for (String pair : ALSO.split(" ", -1)) {
            letters.put(pair.codePointAt(0), pair.substring(pair.offsetByCodePoints(0, 1)));
        }
        return Map.copyOf(letters);
    }

    private static Stream<String> tableLines() {
        var stream = Objects.requireNonNull(NameSkeleton.class.getResourceAsStream(TABLE), TABLE);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().toList().stream();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

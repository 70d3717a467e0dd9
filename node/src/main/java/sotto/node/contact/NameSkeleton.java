package sotto.node.contact;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a name looks like: two names with the same skeleton can be taken for each other at a glance. Case, accents, blanks and
 * the letters that commonly stand in for Latin ones are evened out, after the idea of Unicode's technical standard 39.
 */
public record NameSkeleton(String shape) {
    private static final Map<String, String> SEQUENCES = Map.of("rn", "m", "vv", "w", "cl", "d");
    private static final Map<Integer, String> LETTERS = letters();

    public static NameSkeleton of(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK && Character.isLetterOrDigit(c))
                .mapToObj(NameSkeleton::letter)
                .collect(Collectors.joining());
        for (Map.Entry<String, String> sequence : SEQUENCES.entrySet()) {
            plain = plain.replace(sequence.getKey(), sequence.getValue());
        }
        return new NameSkeleton(plain);
    }

    private static String letter(int codePoint) {
        String exact = LETTERS.get(codePoint);
        if (exact != null) {
            return exact;
        }
        int lower = Character.toLowerCase(codePoint);
        return LETTERS.getOrDefault(lower, Character.toString(lower));
    }

    /** Upper-case i and lower-case L look like a one; the rest are Cyrillic, Greek and Armenian letters drawn like Latin ones. */
    private static Map<Integer, String> letters() {
        String pairs = "0o 1l Il ıi "
                + "аa вb еe ёe  кk мm нh оo рp сc тt уy хx іi їi јj ѕs һh ԁd ԛq ԝw ɡg ӏl ьb "
                + "αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ωw ϲc ϳj "
                + "օo ոn սu ցg հh զq ѵv ɑa ɩi ʏy ꞓc ƅb";
        return Arrays.stream(pairs.split(" +"))
                .filter(pair -> pair.codePointCount(0, pair.length()) == 2)
                .collect(Collectors.toUnmodifiableMap(
                        pair -> pair.codePointAt(0),
                        pair -> pair.substring(pair.offsetByCodePoints(0, 1)),
                        (first, second) -> first));
    }
}

package sotto.node.api;

import static java.lang.Character.UnicodeScript.BOPOMOFO;
import static java.lang.Character.UnicodeScript.COMMON;
import static java.lang.Character.UnicodeScript.HAN;
import static java.lang.Character.UnicodeScript.HANGUL;
import static java.lang.Character.UnicodeScript.HIRAGANA;
import static java.lang.Character.UnicodeScript.INHERITED;
import static java.lang.Character.UnicodeScript.KATAKANA;
import static java.lang.Character.UnicodeScript.LATIN;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which scripts a text is written in: the "highly restrictive" level of Unicode's technical standard 39, section 5.2. */
final class Scripts {
    /** What is written together: Japanese, Chinese and Korean, each with Latin letters between. */
    private static final List<Set<UnicodeScript>> TOGETHER =
            List.of(Set.of(LATIN, HAN, HIRAGANA, KATAKANA), Set.of(LATIN, HAN, BOPOMOFO), Set.of(LATIN, HAN, HANGUL));

    private Scripts() {}

    static boolean areMixed(String text) {
        Set<UnicodeScript> scripts = text.codePoints()
                .mapToObj(UnicodeScript::of)
                .filter(script -> script != COMMON && script != INHERITED)
                .collect(Collectors.toUnmodifiableSet());
        return scripts.size() > 1 && TOGETHER.stream().noneMatch(allowed -> allowed.containsAll(scripts));
    }
}

package sotto.node.api;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One pass of {@link SafeText} over one text. Decisions look at what was already let through, so the result is a fixed point. */
final class SafeTextFilter {
    private static final int REPLACEMENT = 0xFFFD;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int TEXT_STYLE = 0xFE0E;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final String TAB = "    ";

    /** Five people in one emoji are more than Unicode recommends; longer chains are an attack on the layout. */
    private static final int JOINS_MAX = 4;

    /** England, Scotland, Wales: the tag sequences that Unicode recommends, and so the only ones that carry nothing hidden. */
    private static final List<String> TAG_FLAGS = List.of(tagFlag("gbeng"), tagFlag("gbsct"), tagFlag("gbwls"));

    private static final CodePointSet MARKS = new CodePointSet(UnicodeRanges.MARKS);
    private static final CodePointSet IGNORABLE = new CodePointSet(UnicodeRanges.IGNORABLE);
    private static final CodePointSet PICTOGRAPHS = new CodePointSet(UnicodeRanges.PICTOGRAPHS);

    /** The scripts in which a joiner changes what a reader reads. */
    private static final Set<UnicodeScript> JOINING = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.NKO,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.BENGALI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI,
            UnicodeScript.ORIYA,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.KANNADA,
            UnicodeScript.MALAYALAM,
            UnicodeScript.SINHALA,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private final String raw;
    private final StringBuilder safe;

    /** The character that marks are put on: 0 at the start of a line, where there is none. */
    private int base;

    private int last;
    private int marks;
    private int joins;

    SafeTextFilter(String raw) {
        this.raw = raw;
        this.safe = new StringBuilder(raw.length() + 16);
    }

    String filtered() {
        int i = 0;
        while (i < raw.length()) {
            int codePoint = raw.codePointAt(i);
            i += Character.charCount(codePoint);
            if (codePoint == '\r' && i < raw.length() && raw.charAt(i) == '\n') {
                continue;
            }
            i += isTagFlag(i, codePoint) ? appendTagFlag(i) : appendOne(codePoint, i);
        }
        return safe.toString();
    }

    /** Lets one code point through, or what stands for it. The next one starts at {@code next}; nothing more is consumed. */
    private int appendOne(int codePoint, int next) {
        if (codePoint == '\n' || codePoint == '\r' || codePoint == 0x2028 || codePoint == 0x2029) {
            safe.append('\n');
            startCluster(0);
        } else if (codePoint == '\t') {
            safe.append(TAB);
            startCluster(' ');
        } else if (isBroken(codePoint)) {
            append(REPLACEMENT);
        } else if (IGNORABLE.contains(codePoint)) {
            appendIgnorable(codePoint, next);
        } else if (MARKS.contains(codePoint) && !isSkinToneAlone(codePoint)) {
            appendMark(codePoint);
        } else {
            append(codePoint);
        }
        return 0;
    }

    private void append(int codePoint) {
        safe.appendCodePoint(codePoint);
        int joinsSoFar = joins;
        boolean isJoined = last == ZERO_WIDTH_JOINER;
        startCluster(codePoint);
        joins = isJoined ? joinsSoFar : 0;
    }

    private void startCluster(int codePoint) {
        base = codePoint;
        last = codePoint;
        marks = 0;
        joins = 0;
    }

    private void appendMark(int codePoint) {
        if (base != 0 && marks < SafeText.MARKS_MAX) {
            safe.appendCodePoint(codePoint);
            last = codePoint;
            marks++;
        }
    }

    private void appendIgnorable(int codePoint, int next) {
        boolean isWanted = switch (codePoint) {
            case ZERO_WIDTH_JOINER -> joinsPictographs(next) || joinsLetters(next);
            case ZERO_WIDTH_NON_JOINER -> joinsLetters(next);
            case TEXT_STYLE, EMOJI_STYLE -> last == base && (isKeycapOrPictograph(base) || isHan(base));
            default -> last == base && isHan(base) && isVariationSelector(codePoint);
        };
        if (isWanted) {
            safe.appendCodePoint(codePoint);
            last = codePoint;
            joins += codePoint == ZERO_WIDTH_JOINER ? 1 : 0;
        }
    }

    private boolean joinsPictographs(int next) {
        return PICTOGRAPHS.contains(base)
                && last != ZERO_WIDTH_JOINER
                && joins < JOINS_MAX
                && next < raw.length()
                && PICTOGRAPHS.contains(raw.codePointAt(next));
    }

    /** Between two letters of such scripts: terminals that know joiners glue to one whatever follows it. */
    private boolean joinsLetters(int next) {
        return base != 0
                && JOINING.contains(UnicodeScript.of(base))
                && last != ZERO_WIDTH_JOINER
                && last != ZERO_WIDTH_NON_JOINER
                && next < raw.length()
                && isJoiningLetter(raw.codePointAt(next));
    }

    private static boolean isJoiningLetter(int codePoint) {
        return Character.isLetter(codePoint)
                && JOINING.contains(UnicodeScript.of(codePoint))
                && !IGNORABLE.contains(codePoint)
                && !MARKS.contains(codePoint);
    }

    private boolean isSkinToneAlone(int codePoint) {
        return codePoint >= 0x1F3FB && codePoint <= 0x1F3FF && base == 0;
    }

    private boolean isTagFlag(int next, int codePoint) {
        return codePoint == 0x1F3F4 && TAG_FLAGS.stream().anyMatch(tags -> raw.startsWith(tags, next));
    }

    private int appendTagFlag(int next) {
        int length = TAG_FLAGS.get(0).length();
        append(0x1F3F4);
        safe.append(raw, next, next + length);
        last = 0xE007F;
        return length;
    }

    private static String tagFlag(String region) {
        StringBuilder tags = new StringBuilder();
        region.chars().forEach(letter -> tags.appendCodePoint(0xE0000 + letter));
        return tags.appendCodePoint(0xE007F).toString();
    }

    private static boolean isBroken(int codePoint) {
        return Character.isISOControl(codePoint)
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)
                || (codePoint & 0xFFFE) == 0xFFFE
                || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
    }

    private static boolean isKeycapOrPictograph(int codePoint) {
        return codePoint == '#'
                || codePoint == '*'
                || (codePoint >= '0' && codePoint <= '9')
                || PICTOGRAPHS.contains(codePoint);
    }

    private static boolean isHan(int codePoint) {
        return UnicodeScript.of(codePoint) == UnicodeScript.HAN;
    }

    private static boolean isVariationSelector(int codePoint) {
        return (codePoint >= 0xFE00 && codePoint <= TEXT_STYLE) || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
    }
}

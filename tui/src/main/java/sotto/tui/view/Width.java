package sotto.tui.view;

import java.util.Arrays;

/** How many cells a character as people see it takes, and whether terminals agree on it. Thread-safe. */
final class Width {
    private static final Ranges WIDE = new Ranges(WidthRanges.WIDE);
    private static final Ranges ZERO = new Ranges(WidthRanges.ZERO);

    /** Where terminals agree: Latin, Greek, Cyrillic, box drawing, kana, the common ideographs, Hangul syllables. */
    private static final Ranges CERTAIN = new Ranges(
            "20-7e a1-ac ae-2ff 370-377 37a-37f 384-38a 38c 38e-3a1 3a3-482 48a-52f 2010-2015 2018-201e 2022 2026 203a "
                    + "2500-257f 3041-3096 30a1-30fa 4e00-9fef ac00-d7a3");

    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Width() {}

    /** 0, 1 or 2 for one cluster. */
    static int of(String cluster) {
        if (cluster.length() == 1 && cluster.charAt(0) < 0x7f) {
            return 1;
        }
        int sum = 0;
        for (int i = 0; i < cluster.length(); ) {
            int codePoint = cluster.codePointAt(i);
            i += Character.charCount(codePoint);
            if (codePoint == EMOJI_STYLE
                    || (codePoint == ZERO_WIDTH_JOINER && !Character.isLetter(cluster.codePointAt(0)))
                    || (isRegionalIndicator(codePoint) && sum > 0)) {
                return 2;
            }
            sum += WIDE.contains(codePoint) ? 2 : ZERO.contains(codePoint) ? 0 : 1;
        }
        return Math.min(sum, 2);
    }

    /** Whether every terminal gives this cluster the width we give it. */
    static boolean isCertain(String cluster) {
        int first = cluster.codePointAt(0);
        return cluster.length() == Character.charCount(first) && CERTAIN.contains(first);
    }

    private static boolean isRegionalIndicator(int codePoint) {
        return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
    }

    /** Ascending, disjoint ranges of code points, as they are written in {@link WidthRanges}. */
    private static final class Ranges {
        private final int[] firsts;
        private final int[] lasts;

        Ranges(String text) {
            String[] parts = text.split(" ", -1);
            firsts = new int[parts.length];
            lasts = new int[parts.length];
            for (int i = 0; i < parts.length; i++) {
                int dash = parts[i].indexOf('-');
                firsts[i] = Integer.parseInt(parts[i], 0, dash < 0 ? parts[i].length() : dash, 16);
                lasts[i] = Integer.parseInt(parts[i], dash + 1, parts[i].length(), 16);
            }
        }

        boolean contains(int codePoint) {
            int found = Arrays.binarySearch(firsts, codePoint);
            return found >= 0 || (found < -1 && codePoint <= lasts[-found - 2]);
        }
    }
}

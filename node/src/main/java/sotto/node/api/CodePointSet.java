package sotto.node.api;

import java.util.Arrays;

/** An immutable set of code points, made from a line of hexadecimal ranges such as {@code "a9 300-34e"}, ascending and disjoint. */
final class CodePointSet {
    private final int[] firsts;
    private final int[] lasts;

    CodePointSet(String ranges) {
        String[] parts = ranges.split(" ", -1);
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

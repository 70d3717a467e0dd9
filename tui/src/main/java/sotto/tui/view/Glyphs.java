package sotto.tui.view;

import java.util.ArrayList;
import java.util.List;
import sotto.node.api.SafeText;
import sotto.tui.model.Clusters;

/** Text as the screen takes it: characters as people see them, each with its width. Only harmless text becomes glyphs. */
final class Glyphs {
    /** One character: 1 or 2 cells, or a line feed of 0. */
    record Glyph(String text, int width) {
        boolean isLineFeed() {
            return width == 0;
        }

        boolean isBlank() {
            return text.equals(" ");
        }
    }

    private static final Glyph LINE_FEED = new Glyph("\n", 0);
    private static final Glyph[] ASCII = ascii();

    private Glyphs() {}

    static List<Glyph> of(String text) {
        String safe = new SafeText(text).value();
        List<Glyph> glyphs = new ArrayList<>(safe.length());
        for (int start = 0; start < safe.length(); ) {
            int end = Clusters.end(safe, start);
            add(glyphs, safe, start, end);
            start = end;
        }
        return glyphs;
    }

    static int width(String text) {
        return of(text).stream().mapToInt(Glyph::width).sum();
    }

    private static void add(List<Glyph> glyphs, String text, int start, int end) {
        char first = text.charAt(start);
        if (end == start + 1 && first < ASCII.length) {
            glyphs.add(first == '\n' ? LINE_FEED : ASCII[first]);
            return;
        }
        String cluster = text.substring(start, end);
        int width = Width.of(cluster);
        boolean isJoining = width == 0
                && !glyphs.isEmpty()
                && !glyphs.get(glyphs.size() - 1).isLineFeed();
        if (isJoining) {
            // A mark that is newer than this JDK's tables: it belongs to the character before it.
            Glyph before = glyphs.remove(glyphs.size() - 1);
            glyphs.add(new Glyph(before.text() + cluster, before.width()));
        } else if (width > 0) {
            glyphs.add(new Glyph(cluster, width));
        }
    }

    private static Glyph[] ascii() {
        Glyph[] glyphs = new Glyph[0x7f];
        for (char c = 0; c < glyphs.length; c++) {
            glyphs[c] = new Glyph(String.valueOf(c), 1);
        }
        return glyphs;
    }
}

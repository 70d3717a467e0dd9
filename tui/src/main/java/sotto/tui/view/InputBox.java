package sotto.tui.view;

import java.util.ArrayList;
import java.util.List;
import sotto.tui.model.Line;
import sotto.tui.view.Glyphs.Glyph;

/** The text that is being written, in rows, with its cursor. Broken anywhere, so that the cursor is where one expects it. */
record InputBox(List<List<Glyph>> rows, int cursorX, int cursorY) {
    static final String PROMPT = "\u203a ";
    private static final int INDENT = 2;

    static InputBox of(Line line, int width) {
        int room = Math.max(2, width - INDENT);
        List<List<Glyph>> before = broken(line.text().substring(0, line.cursor()), room);
        List<Glyph> last = before.get(before.size() - 1);
        int x = last.stream().mapToInt(Glyph::width).sum();
        boolean isAtEdge = x == room;
        return new InputBox(
                broken(line.text(), room), INDENT + (isAtEdge ? 0 : x), before.size() - 1 + (isAtEdge ? 1 : 0));
    }

    int height() {
        return Math.max(rows.size(), cursorY + 1);
    }

    /** Paints as many rows as the area has, those around the cursor. */
    void paint(Area area, boolean hasCursor) {
        int first = Math.max(0, Math.min(cursorY - area.height() + 1, height() - area.height()));
        first = Math.max(first, cursorY - area.height() + 1);
        area.put(0, 0, PROMPT, Style.PLAIN.in(Style.Colour.CYAN).bold());
        for (int y = 0; y < area.height() && first + y < rows.size(); y++) {
            area.put(INDENT, y, rows.get(first + y), Style.PLAIN);
        }
        if (hasCursor) {
            area.cursor(cursorX, cursorY - first);
        }
    }

    private static List<List<Glyph>> broken(String text, int room) {
        List<List<Glyph>> rows = new ArrayList<>();
        List<Glyph> row = new ArrayList<>();
        int used = 0;
        for (Glyph glyph : Glyphs.of(text)) {
            if (glyph.isLineFeed() || used + glyph.width() > room) {
                rows.add(row);
                row = new ArrayList<>();
                used = 0;
            }
            if (!glyph.isLineFeed()) {
                row.add(glyph);
                used += glyph.width();
            }
        }
        rows.add(row);
        return rows;
    }
}

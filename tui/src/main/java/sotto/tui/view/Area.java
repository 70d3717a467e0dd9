package sotto.tui.view;

import java.util.List;
import sotto.tui.view.Glyphs.Glyph;

/** A rectangle of the screen to paint on. Positions are its own; what does not fit is cut at its edges. */
record Area(FrameScreen screen, int left, int top, int width, int height) {
    private static final Glyph ELLIPSIS = new Glyph("\u2026", 1);

    static Area of(FrameScreen screen) {
        return new Area(
                screen,
                0,
                0,
                screen.getTerminalSize().getColumns(),
                screen.getTerminalSize().getRows());
    }

    /** A part of this area, cut to it. */
    Area part(int x, int y, int partWidth, int partHeight) {
        int w = Math.max(0, Math.min(partWidth, width - x));
        int h = Math.max(0, Math.min(partHeight, height - y));
        return new Area(screen, left + x, top + y, w, h);
    }

    /** Puts {@code text} on one row; returns the column behind it. */
    int put(int x, int y, String text, Style style) {
        return put(x, y, Glyphs.of(text), style);
    }

    int put(int x, int y, List<Glyph> glyphs, Style style) {
        int at = x;
        for (Glyph glyph : glyphs) {
            Glyph shown = glyph.isLineFeed() ? new Glyph(" ", 1) : glyph;
            if (at + shown.width() > width) {
                return at;
            }
            set(at, y, Cell.of(shown, style));
            at += shown.width();
        }
        return at;
    }

    /** Puts {@code text} into {@code room} cells, with an ellipsis where it does not fit; returns the column behind it. */
    int putCut(int x, int y, int room, String text, Style style) {
        List<Glyph> glyphs = Glyphs.of(text);
        if (glyphs.stream().mapToInt(Glyph::width).sum() <= room) {
            return put(x, y, glyphs, style);
        }
        int used = 0;
        int count = 0;
        while (count < glyphs.size() && used + glyphs.get(count).width() < room) {
            used += glyphs.get(count).width();
            count++;
        }
        int end = put(x, y, glyphs.subList(0, count), style);
        return room > 0 ? put(end, y, List.of(ELLIPSIS), style) : end;
    }

    /** Puts {@code text} so that it ends at the right edge. */
    void putRight(int y, String text, Style style) {
        put(Math.max(0, width - Glyphs.width(text)), y, text, style);
    }

    /** Puts {@code text} in the middle of the row. */
    void putCentred(int y, String text, Style style) {
        put(Math.max(0, (width - Glyphs.width(text)) / 2), y, text, style);
    }

    void set(int x, int y, Cell cell) {
        if (x >= 0 && y >= 0 && y < height && x + (cell.isDoubleWidth() ? 2 : 1) <= width) {
            screen.setCharacter(left + x, top + y, cell);
        }
    }

    /** Fills a row with one sign. */
    void fill(int y, String sign, Style style) {
        put(0, y, sign.repeat(width), style);
    }

    void cursor(int x, int y) {
        screen.setCursorPosition(new com.googlecode.lanterna.TerminalPosition(left + Math.min(x, width - 1), top + y));
    }
}

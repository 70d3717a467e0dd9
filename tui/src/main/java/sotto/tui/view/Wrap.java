package sotto.tui.view;

import java.util.ArrayList;
import java.util.List;
import sotto.tui.view.Glyphs.Glyph;

/** Text to rows of a width: between words where it can, anywhere where it must, and at line feeds. */
final class Wrap {
    private Wrap() {}

    /** At least one row; a row has no line feed and at most {@code width} cells, if a single character fits in that. */
    static List<List<Glyph>> rows(String text, int width) {
        Wrapping wrapping = new Wrapping(Math.max(2, width));
        Glyphs.of(text).forEach(wrapping::take);
        return wrapping.finished();
    }

    private static final class Wrapping {
        private final int width;
        private final List<List<Glyph>> rows = new ArrayList<>();
        private List<Glyph> row = new ArrayList<>();
        private int rowWidth;

        /** How many glyphs of the row come before the last place where it may be broken; 0 if there is none. */
        private int breakAt;

        Wrapping(int width) {
            this.width = width;
        }

        void take(Glyph glyph) {
            if (glyph.isLineFeed()) {
                endRow();
                return;
            }
            boolean isBlankAtEdge = glyph.isBlank() && rowWidth == width;
            if (isBlankAtEdge) {
                breakAt = row.size();
                return;
            }
            if (rowWidth + glyph.width() > width) {
                breakRow();
            }
            if (glyph.width() == 2) {
                // Ideographs, kana and emoji may be parted before and after.
                breakAt = row.size();
            }
            row.add(glyph);
            rowWidth += glyph.width();
            if (glyph.isBlank() || glyph.width() == 2) {
                breakAt = row.size();
            }
        }

        private void breakRow() {
            int at = breakAt > 0 ? breakAt : row.size();
            List<Glyph> rest = new ArrayList<>(row.subList(at, row.size()));
            row = new ArrayList<>(row.subList(0, at));
            endRow();
            row = rest;
            rowWidth = rest.stream().mapToInt(Glyph::width).sum();
        }

        private void endRow() {
            rows.add(row);
            row = new ArrayList<>();
            rowWidth = 0;
            breakAt = 0;
        }

        List<List<Glyph>> finished() {
            endRow();
            return rows;
        }
    }
}

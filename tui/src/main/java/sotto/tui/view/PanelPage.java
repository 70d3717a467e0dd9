package sotto.tui.view;

import java.util.ArrayList;
import java.util.List;
import sotto.tui.model.Panel;
import sotto.tui.model.Panel.Paragraph;
import sotto.tui.view.Glyphs.Glyph;

/** A panel, from edge to edge of the screen, so that what is to be copied stands alone on its lines. */
final class PanelPage {
    private static final String MARGIN = " ";
    private static final int TERM_WIDTH_MAX = 18;

    /** Below this, a meaning stands under its term. */
    private static final int MEANING_WIDTH_MIN = 24;

    private final Panel panel;
    private final Area area;
    private final List<Row> rows = new ArrayList<>();

    PanelPage(Panel panel, Area area) {
        this.panel = panel;
        this.area = area;
    }

    private record Row(String margin, List<Glyph> glyphs, Style style, boolean isContinued) {}

    /** Paints it; returns how many rows are scrolled away at the top, at most what there is. */
    int paint() {
        panel.paragraphs().forEach(this::layOut);
        int body = Math.max(0, area.height() - 3);
        int top = Math.max(0, Math.min(panel.top(), rows.size() - 1 - body));
        area.fill(0, " ", Style.REVERSED);
        area.put(1, 0, panel.title(), Style.REVERSED.bold());
        for (int y = 0; y < body && top + y < rows.size(); y++) {
            paintRow(rows.get(top + y), 2 + y, y + 1 < body);
        }
        String more = top + body < rows.size() - 1 ? "PgDn: more   " : "";
        area.put(
                1,
                area.height() - 1,
                more + (panel.question().isPresent() ? "y or n, Esc: not now" : "Enter or Esc: back"),
                Style.FAINT);
        return top;
    }

    private void paintRow(Row row, int y, boolean hasNext) {
        area.put(row.margin().length(), y, row.glyphs(), row.style());
        boolean isFull = row.glyphs().size() == area.width();
        if (row.isContinued() && isFull && hasNext) {
            area.set(
                    area.width() - 1,
                    y,
                    Cell.of(row.glyphs().get(area.width() - 1), row.style()).continued());
        }
    }

    private void layOut(Paragraph paragraph) {
        switch (paragraph.form()) {
            case PROSE -> add(paragraph.text(), Style.PLAIN);
            case DIGITS -> digits(paragraph.text());
            case WHOLE -> whole(paragraph.text());
            case PAIRS -> paragraph.text().lines().forEach(this::pair);
        }
        rows.add(new Row("", List.of(), Style.PLAIN, false));
    }

    private void add(String text, Style style) {
        Wrap.rows(text, area.width() - 2).forEach(row -> rows.add(new Row(MARGIN, row, style, false)));
    }

    /** Four groups of five a row, as they are read aloud. */
    private void digits(String text) {
        String[] groups = text.split(" ", -1);
        int perRow = Math.max(1, Math.min(4, (area.width() - 2) / 7));
        for (int i = 0; i < groups.length; i += perRow) {
            List<String> some = List.of(groups).subList(i, Math.min(groups.length, i + perRow));
            rows.add(new Row(MARGIN + MARGIN, Glyphs.of(String.join("  ", some)), Style.BOLD, false));
        }
    }

    private void whole(String text) {
        List<Glyph> glyphs = Glyphs.of(text);
        for (int i = 0; i < glyphs.size(); i += area.width()) {
            int end = Math.min(glyphs.size(), i + area.width());
            rows.add(new Row("", glyphs.subList(i, end), Style.BOLD, end < glyphs.size()));
        }
    }

    private void pair(String line) {
        int tab = line.indexOf('\t');
        String term = line.substring(0, tab);
        String meaning = line.substring(tab + 1);
        int room = area.width() - TERM_WIDTH_MAX - 2;
        if (room < MEANING_WIDTH_MIN) {
            add(term, Style.BOLD);
            Wrap.rows(meaning, area.width() - 5).forEach(row -> rows.add(new Row("   ", row, Style.PLAIN, false)));
            return;
        }
        List<List<Glyph>> meanings = Wrap.rows(meaning, room);
        for (int i = 0; i < meanings.size(); i++) {
            List<Glyph> glyphs = new ArrayList<>(Glyphs.of(i == 0 ? term : ""));
            while (glyphs.size() < TERM_WIDTH_MAX) {
                glyphs.add(new Glyph(" ", 1));
            }
            glyphs.addAll(meanings.get(i));
            rows.add(new Row(MARGIN, glyphs, Style.PLAIN, false));
        }
    }
}

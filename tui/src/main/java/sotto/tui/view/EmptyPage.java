package sotto.tui.view;

import java.util.ArrayList;
import java.util.List;
import sotto.node.api.Knock;
import sotto.tui.view.Glyphs.Glyph;

/** What stands where there is no conversation yet: how to get to one, or what the first one waits for. */
final class EmptyPage {
    private static final List<String> WAYS = List.of(
            "/invite     make a code for somebody", "/add CODE   use somebody's code", "/help       everything else");

    private static final String NEXT =
            "Sotto asks again and again while it runs. Both of you have to be online at the same time.";

    private final List<Knock> knocks;

    EmptyPage(List<Knock> knocks) {
        this.knocks = knocks;
    }

    private record Row(List<Glyph> glyphs, Style style) {
        static Row of(String text, Style style) {
            return new Row(Glyphs.of(text), style);
        }
    }

    void paint(Area area) {
        List<Row> rows = knocks.isEmpty() ? nobody() : waiting(area.width() - 2);
        int top = Math.max(0, (area.height() - rows.size()) / 2);
        for (int i = 0; i < rows.size(); i++) {
            area.put(1, top + i, rows.get(i).glyphs(), rows.get(i).style());
        }
    }

    private static List<Row> nobody() {
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of("Nobody here yet.", Style.BOLD));
        rows.add(Row.of("", Style.PLAIN));
        WAYS.forEach(way -> rows.add(Row.of(way, Style.PLAIN)));
        return rows;
    }

    private List<Row> waiting(int width) {
        String codes = knocks.size() == 1 ? "The code you added is" : "The codes you added are";
        List<Row> rows = new ArrayList<>();
        Wrap.rows(codes + " not answered yet.", width).forEach(row -> rows.add(new Row(row, Style.BOLD)));
        Wrap.rows(NEXT, width).forEach(row -> rows.add(new Row(row, Style.PLAIN)));
        rows.add(Row.of("", Style.PLAIN));
        rows.add(Row.of("/requests   what is asked, and where", Style.PLAIN));
        WAYS.forEach(way -> rows.add(Row.of(way, Style.PLAIN)));
        return rows;
    }
}

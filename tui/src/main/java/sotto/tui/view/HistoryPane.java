package sotto.tui.view;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sotto.node.api.Message;
import sotto.tui.model.Scroll;
import sotto.tui.model.Talk;
import sotto.tui.view.Glyphs.Glyph;

/** The messages of the open conversation: which of their rows are in the pane, and how they look. */
final class HistoryPane {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);
    private static final String ME = "me";
    private static final int TIME_WIDTH = 6;
    private static final int MARK_WIDTH = 2;
    private static final int NAME_WIDTH_MAX = 12;
    private static final int NARROW = 50;

    /** Older messages are asked for before the person reaches the first loaded one. */
    private static final int NEAR_TOP = 20;

    private final Talk talk;
    private final String partner;
    private final ZoneId zone;
    private final Area area;
    private final WrapCache wraps;
    private final int nameWidth;

    /** Rows are asked for when heights are counted and again when they are painted. */
    private final Map<Integer, List<Row>> laidOut = new HashMap<>();

    HistoryPane(Talk talk, String partner, Paper paper, Area area) {
        this.talk = talk;
        this.partner = partner;
        this.zone = paper.zone();
        this.wraps = paper.wraps();
        this.area = area;
        int widest = area.width() < NARROW ? NAME_WIDTH_MAX / 2 : NAME_WIDTH_MAX;
        this.nameWidth = Math.min(widest, Math.max(Glyphs.width(partner), ME.length()));
    }

    /** What outlasts a painting: where the clock is, and what was wrapped before. */
    record Paper(ZoneId zone, WrapCache wraps) {}

    /** Where the pane stands after its scroll's wishes are met as far as there is something to show. */
    record Standing(Scroll scroll, boolean isNearTop) {}

    /** Paints the rows at the pane's bottom and those before them. */
    Standing paint() {
        List<Message> messages = talk.messages();
        if (messages.isEmpty() || area.height() == 0) {
            paintEmpty();
            return new Standing(Scroll.NEWEST, messages.isEmpty());
        }
        Place place = settled();
        Deque<Row> rows = new ArrayDeque<>();
        int index = place.index;
        int hidden = place.hidden;
        while (index >= 0 && rows.size() < area.height()) {
            List<Row> own = rows(index);
            for (int i = own.size() - 1 - hidden; i >= 0 && rows.size() < area.height(); i--) {
                rows.addFirst(own.get(i));
            }
            hidden = 0;
            index--;
        }
        int y = area.height() - rows.size();
        for (Row row : rows) {
            row.paint(area, y++);
        }
        return new Standing(place.scroll(messages), index < NEAR_TOP);
    }

    private void paintEmpty() {
        if (!talk.isLoading()) {
            List<List<Glyph>> rows =
                    Wrap.rows("No messages yet. Only the two of you can read what you write here.", area.width());
            for (int i = 0; i < rows.size(); i++) {
                area.put(0, area.height() - rows.size() + i, rows.get(i), Style.FAINT);
            }
        }
    }

    /** A place in the conversation: the message at the bottom and how many of its rows are below the pane. */
    private final class Place {
        private int index;
        private int hidden;

        Place(int index, int hidden) {
            this.index = index;
            this.hidden = hidden;
        }

        void moveUp(int rows) {
            hidden += rows;
            while (hidden < 0 && index + 1 < talk.messages().size()) {
                index++;
                hidden += height(index);
            }
            hidden = Math.max(0, hidden);
            while (index > 0 && hidden >= height(index)) {
                hidden -= height(index);
                index--;
            }
        }

        /** How many rows there are from here upward, counted to {@code enough} at most. */
        int rowsAbove(int enough) {
            int rows = -hidden;
            for (int i = index; i >= 0 && rows < enough; i--) {
                rows += height(i);
            }
            return Math.min(rows, enough);
        }

        Scroll scroll(List<Message> messages) {
            boolean isAtNewest = index == messages.size() - 1 && hidden == 0;
            return isAtNewest ? Scroll.NEWEST : new Scroll(messages.get(index).position(), hidden, 0, 0);
        }
    }

    private Place settled() {
        Scroll scroll = talk.scroll();
        Place place = new Place(bottomIndex(scroll), scroll.hiddenRows());
        place.moveUp(scroll.rows() + scroll.pages() * Math.max(1, area.height() - 2));
        int missing = area.height() - place.rowsAbove(area.height());
        if (missing > 0) {
            place.moveUp(-missing);
        }
        return place;
    }

    private int bottomIndex(Scroll scroll) {
        int index = talk.messages().size() - 1;
        while (index > 0 && talk.messages().get(index).position() > scroll.bottom()) {
            index--;
        }
        return index;
    }

    private int height(int index) {
        return rows(index).size();
    }

    /** One row of the pane. */
    private record Row(List<Span> spans) {
        void paint(Area area, int y) {
            spans.forEach(span -> area.put(span.x(), y, span.glyphs(), span.style()));
        }
    }

    private record Span(int x, List<Glyph> glyphs, Style style) {
        static Span of(int x, String text, Style style) {
            return new Span(x, Glyphs.of(text), style);
        }
    }

    private List<Row> rows(int index) {
        return laidOut.computeIfAbsent(index, this::layOut);
    }

    private List<Row> layOut(int index) {
        Message message = talk.messages().get(index);
        List<Row> rows = new ArrayList<>();
        if (index == 0 || !day(message).equals(day(talk.messages().get(index - 1)))) {
            rows.add(new Row(
                    List.of(Span.of(0, "\u2500\u2500 " + DAY.format(day(message)) + " \u2500\u2500", Style.FAINT))));
        }
        int textX = TIME_WIDTH + nameWidth + 1;
        List<List<Glyph>> text = wraps.rows(message.text().value(), area.width() - textX - MARK_WIDTH);
        for (int i = 0; i < text.size(); i++) {
            List<Span> spans = new ArrayList<>();
            if (i == 0) {
                spans.add(Span.of(0, TIME.format(message.at().atZone(zone)), Style.FAINT));
                spans.add(name(message));
            }
            spans.add(new Span(textX, text.get(i), Style.PLAIN));
            if (i == text.size() - 1 && message.isMine()) {
                spans.add(mark(message));
            }
            rows.add(new Row(spans));
        }
        reason(message).forEach(line -> rows.add(new Row(List.of(new Span(textX, line, warning())))));
        return rows;
    }

    private Span name(Message message) {
        Style style = Style.PLAIN
                .in(message.isMine() ? Style.Colour.CYAN : Style.Colour.GREEN)
                .bold();
        List<Glyph> glyphs = Glyphs.of(message.isMine() ? ME : partner);
        int width = 0;
        int count = 0;
        while (count < glyphs.size() && width + glyphs.get(count).width() <= nameWidth) {
            width += glyphs.get(count).width();
            count++;
        }
        return new Span(TIME_WIDTH, glyphs.subList(0, count), style);
    }

    private Span mark(Message message) {
        int x = area.width() - 1;
        return message.state()
                .match(
                        queued -> Span.of(
                                x, "\u00b7", Style.PLAIN.in(Style.Colour.YELLOW).bold()),
                        delivered -> Span.of(x, "\u2713", Style.PLAIN.in(Style.Colour.GREEN)),
                        failed -> Span.of(x, "\u2717", warning()));
    }

    private List<List<Glyph>> reason(Message message) {
        int width = area.width() - TIME_WIDTH - nameWidth - 1 - MARK_WIDTH;
        return message.state()
                .match(
                        queued -> List.of(),
                        delivered -> List.of(),
                        failed -> Wrap.rows("not sent: " + failed.reason(), width));
    }

    private static Style warning() {
        return Style.PLAIN.in(Style.Colour.RED);
    }

    private LocalDate day(Message message) {
        return LocalDate.ofInstant(message.at(), zone);
    }
}

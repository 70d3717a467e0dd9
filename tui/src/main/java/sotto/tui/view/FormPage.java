package sotto.tui.view;

import sotto.tui.model.HiddenLine;
import sotto.tui.model.Line;
import sotto.tui.model.Locked;
import sotto.tui.model.Strength;
import sotto.tui.model.Welcome;
import sotto.tui.model.Welcome.Field;

/** The two screens before the conversations: first run, and a closed vault. */
final class FormPage {
    private static final int WIDTH_MAX = 64;
    private static final int LABEL_WIDTH = 13;
    private static final String[] STRENGTHS = {"very weak", "weak", "fair", "good", "very good"};

    /** Lower, and there is no air between the parts. */
    private static final int HIGH = 18;

    /** Lower, and what is asked for leaves no room for a greeting. */
    private static final int ROOMY = 12;

    private final Area area;
    private final boolean isHigh;
    private final boolean isRoomy;
    private int y;

    FormPage(Area screen) {
        int width = Math.min(WIDTH_MAX, screen.width() - 2);
        this.isHigh = screen.height() >= HIGH;
        this.isRoomy = screen.height() >= ROOMY;
        this.area = screen.part((screen.width() - width) / 2, isHigh ? screen.height() / 6 : 0, width, screen.height());
    }

    void paint(Welcome welcome) {
        title("Welcome to Sotto");
        if (isRoomy) {
            say(
                    "Your messages stay on this computer, locked with a passphrase, and go straight to the people you"
                            + " write to.",
                    Style.PLAIN);
        }
        gap();
        boolean isTyping = !welcome.isCreating();
        text("Your name", welcome.name(), isTyping && welcome.field() == Field.NAME);
        gap();
        hidden("Passphrase", welcome.passphrase(), isTyping && welcome.field() == Field.PASSPHRASE);
        strength(welcome.passphrase().isEmpty() ? Strength.UNKNOWN : welcome.strength());
        hidden("Once more", welcome.repeated(), isTyping && welcome.field() == Field.REPEATED);
        gap();
        if (welcome.isCreating()) {
            say("Making your account\u2026", Style.PLAIN.in(Style.Colour.CYAN));
        } else if (!welcome.complaint().isEmpty()) {
            say(welcome.complaint(), Style.PLAIN.in(Style.Colour.YELLOW));
        } else {
            say(hint(welcome.field()), Style.FAINT);
        }
        gap();
        say("Enter: on   Tab: next   Ctrl+C: leave", Style.FAINT);
    }

    private static String hint(Field field) {
        return switch (field) {
            case NAME -> "Your contacts see it. It need not be your real one.";
            case PASSPHRASE -> "Nobody can reset it: keep it well. Four or five random words are good.";
            case REPEATED -> "The same again, to be sure.";
        };
    }

    void paint(Locked locked) {
        title("Sotto");
        say("Your conversations are locked.", Style.PLAIN);
        gap();
        hidden("Passphrase", locked.passphrase(), !locked.isOpening());
        gap();
        if (locked.isOpening()) {
            say("Opening\u2026", Style.PLAIN.in(Style.Colour.CYAN));
        } else {
            say(locked.complaint(), Style.PLAIN.in(Style.Colour.RED));
        }
        gap();
        say("Enter: open   Ctrl+C: leave", Style.FAINT);
    }

    void paintStarting() {
        title("Sotto");
    }

    private void title(String text) {
        area.put(0, y, text, Style.BOLD.in(Style.Colour.CYAN));
        y += 1;
        gap();
    }

    private void gap() {
        y += isHigh ? 1 : 0;
    }

    private void say(String text, Style style) {
        for (var row : Wrap.rows(text, area.width())) {
            area.put(0, y++, row, style);
        }
    }

    private void text(String label, Line line, boolean hasCursor) {
        label(label, hasCursor);
        Area field = area.part(LABEL_WIDTH, y, area.width() - LABEL_WIDTH, 1);
        int before = Glyphs.width(line.text().substring(0, line.cursor()));
        int shift = Math.max(0, before - field.width() + 1);
        field.put(0, 0, shifted(line.text(), shift), Style.PLAIN);
        if (hasCursor) {
            field.cursor(before - shift, 0);
        }
        y++;
    }

    /** Without the first cells, so that the cursor stays in sight. */
    private static String shifted(String text, int cells) {
        StringBuilder rest = new StringBuilder();
        int at = 0;
        for (var glyph : Glyphs.of(text)) {
            if (at >= cells) {
                rest.append(glyph.text());
            }
            at += glyph.width();
        }
        return rest.toString();
    }

    private void hidden(String label, HiddenLine line, boolean hasCursor) {
        label(label, hasCursor);
        Area field = area.part(LABEL_WIDTH, y, area.width() - LABEL_WIDTH, 1);
        int dots = Math.min(line.length(), Math.max(0, field.width() - 1));
        field.put(0, 0, "\u2022".repeat(dots), Style.PLAIN);
        if (hasCursor) {
            field.cursor(dots, 0);
        }
        y++;
    }

    private void label(String label, boolean isActive) {
        area.put(0, y, label, isActive ? Style.BOLD : Style.FAINT);
        area.put(LABEL_WIDTH - 2, y, isActive ? "\u203a" : " ", Style.BOLD.in(Style.Colour.CYAN));
    }

    private void strength(Strength strength) {
        if (strength.isKnown()) {
            int score = strength.score();
            Style style = Style.PLAIN.in(
                    score <= 1 ? Style.Colour.RED : score == 2 ? Style.Colour.YELLOW : Style.Colour.GREEN);
            String advice = strength.advice().isEmpty() ? "" : ": " + strength.advice();
            String rating = "\u25a0".repeat(score + 1) + "\u25a1".repeat(4 - score) + " " + STRENGTHS[score] + advice;
            // Under the field where it fits there; in a narrow window the whole of it matters more.
            int x = Math.max(0, Math.min(LABEL_WIDTH, area.width() - Glyphs.width(rating)));
            area.putCut(x, y, area.width() - x, rating, style);
        }
        y++;
    }
}

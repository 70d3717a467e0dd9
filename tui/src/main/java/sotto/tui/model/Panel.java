package sotto.tui.model;

import java.util.List;
import java.util.Optional;

/**
 * A page of text over the conversation, closed by a key.
 *
 * @param top how many rows are scrolled away at the top
 * @param question what is to be answered with y or n
 */
public record Panel(String title, List<Paragraph> paragraphs, int top, Optional<Question> question) {
    /** How far a page key scrolls. */
    static final int PAGE_ROWS = 8;

    public Panel {
        paragraphs = List.copyOf(paragraphs);
    }

    public Panel(String title, List<Paragraph> paragraphs) {
        this(title, paragraphs, 0, Optional.empty());
    }

    Panel asking(Question asked) {
        return new Panel(title, paragraphs, top, Optional.of(asked));
    }

    public Panel scrolledTo(int newTop) {
        return new Panel(title, paragraphs, Math.max(0, newTop), question);
    }

    /** What is done when it is answered with y, and what is said to either answer. */
    public record Question(Effect onYes, Notice yes, Notice no) {}

    /** A piece of a panel. */
    public record Paragraph(String text, Form form) {
        /** How a paragraph is laid out. */
        public enum Form {
            /** Words, wrapped. */
            PROSE,
            /** One thing that is to be copied: alone on its line from edge to edge, so that a terminal selects it whole. */
            WHOLE,
            /** Lines of a term and its meaning, with a tab between; the meanings stand in a column. */
            PAIRS,
            /** Groups that belong in rows, wrapped between groups. */
            DIGITS
        }

        public static Paragraph prose(String text) {
            return new Paragraph(text, Form.PROSE);
        }

        public static Paragraph whole(String text) {
            return new Paragraph(text, Form.WHOLE);
        }

        public static Paragraph pairs(List<String> lines) {
            return new Paragraph(String.join("\n", lines), Form.PAIRS);
        }

        public static Paragraph digits(String text) {
            return new Paragraph(text, Form.DIGITS);
        }
    }
}

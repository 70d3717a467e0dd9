package sotto.tui.model;

import sotto.node.api.SafeText;

/**
 * A text that is being written, and where the cursor is in it. What is inserted is made harmless first. Immutable.
 *
 * @param cursor between two characters as people see them: 0 to the length of {@code text}
 */
public record Line(String text, int cursor) {
    public static final Line EMPTY = new Line("", 0);

    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** Puts {@code raw} at the cursor. */
    public Line insert(String raw) {
        String before = new SafeText(text.substring(0, cursor) + raw).value();
        String whole = new SafeText(before + text.substring(cursor)).value();
        return new Line(whole, Clusters.boundary(whole, Math.min(before.length(), whole.length())));
    }

    /** The same text with the cursor at its end. */
    public static Line of(String text) {
        return EMPTY.insert(text);
    }

    public Line left() {
        return at(cursor == 0 ? 0 : Clusters.start(text, cursor));
    }

    public Line right() {
        return at(cursor == text.length() ? cursor : Clusters.end(text, cursor));
    }

    /** To the start of the word before the cursor. */
    public Line wordLeft() {
        int i = cursor;
        while (i > 0 && !isWordPart(i - 1)) {
            i--;
        }
        while (i > 0 && isWordPart(i - 1)) {
            i--;
        }
        return at(i == 0 ? 0 : Clusters.boundary(text, i));
    }

    /** To the end of the word after the cursor. */
    public Line wordRight() {
        int i = cursor;
        while (i < text.length() && !isWordPart(i)) {
            i++;
        }
        while (i < text.length() && isWordPart(i)) {
            i++;
        }
        return at(Clusters.boundary(text, i));
    }

    /** To the start of this line of the text. */
    public Line home() {
        return at(cursor == 0 ? 0 : text.lastIndexOf('\n', cursor - 1) + 1);
    }

    /** To the end of this line of the text. */
    public Line end() {
        int end = text.indexOf('\n', cursor);
        return at(end < 0 ? text.length() : end);
    }

    public Line backspace() {
        return cut(left().cursor, cursor);
    }

    public Line delete() {
        return cut(cursor, right().cursor);
    }

    public Line deleteWordLeft() {
        return cut(wordLeft().cursor, cursor);
    }

    public Line deleteToHome() {
        return cut(home().cursor, cursor);
    }

    public Line deleteToEnd() {
        return cut(cursor, end().cursor);
    }

    private Line at(int position) {
        return new Line(text, position);
    }

    /** Safe again: what followed a letter may now follow nothing. */
    private Line cut(int from, int to) {
        String whole = new SafeText(text.substring(0, from) + text.substring(to)).value();
        return new Line(whole, from == 0 ? 0 : Clusters.boundary(whole, Math.min(from, whole.length())));
    }

    private boolean isWordPart(int index) {
        return !Character.isWhitespace(text.charAt(index));
    }
}

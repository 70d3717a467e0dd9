package sotto.tui.view;

import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import java.util.Objects;

/**
 * One character on the screen: a whole cluster, as wide as our table says. Lanterna's own holds one UTF-16 unit well, guesses
 * widths, and refuses many clusters.
 */
final class Cell extends TextCharacter {
    static final Cell BLANK = new Cell(new Glyphs.Glyph(" ", 1), Style.PLAIN, false);

    private final Glyphs.Glyph glyph;
    private final Style style;
    private final boolean isContinued;

    /**
     * @param isContinued the text goes on in the first cell of the next row, so a terminal that selects both should not see a
     *     line end between them
     */
    @SuppressWarnings("deprecation") // Lanterna has no other constructor that is open to subclasses.
    Cell(Glyphs.Glyph glyph, Style style, boolean isContinued) {
        super(' ', TextColor.ANSI.DEFAULT, TextColor.ANSI.DEFAULT);
        this.glyph = glyph;
        this.style = style;
        this.isContinued = isContinued;
    }

    Style style() {
        return style;
    }

    boolean isContinued() {
        return isContinued;
    }

    boolean isCertain() {
        return Width.isCertain(glyph.text());
    }

    @Override
    public String getCharacterString() {
        return glyph.text();
    }

    @Override
    public boolean isDoubleWidth() {
        return glyph.width() == 2;
    }

    /** Lanterna asks for this to blank the second half of a wide character. */
    @Override
    public TextCharacter withCharacter(char character) {
        return new Cell(new Glyphs.Glyph(String.valueOf(character), 1), style, false);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Cell cell
                        && glyph.equals(cell.glyph)
                        && style.equals(cell.style)
                        && isContinued == cell.isContinued);
    }

    @Override
    public int hashCode() {
        return Objects.hash(glyph, style, isContinued);
    }
}

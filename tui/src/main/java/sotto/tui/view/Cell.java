package sotto.tui.view;

import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One character on the screen: a whole cluster, as wide as our table says. Lanterna's own holds one UTF-16 unit well, guesses
 * widths, and refuses many clusters.
 */
final class Cell extends TextCharacter {
    /** Lanterna examines every new character at length, and a screen has thousands of few kinds. */
    private static final Map<Key, Cell> KNOWN = new ConcurrentHashMap<>();

    private static final int KNOWN_MAX = 8_192;

    static final Cell BLANK = of(new Glyphs.Glyph(" ", 1), Style.PLAIN);

    private final Glyphs.Glyph glyph;
    private final Style style;
    private final boolean isContinued;
    private final boolean isCertain;

    private record Key(Glyphs.Glyph glyph, Style style) {}

    /** The cell that shows {@code glyph} in {@code style}. */
    static Cell of(Glyphs.Glyph glyph, Style style) {
        if (KNOWN.size() >= KNOWN_MAX) {
            KNOWN.clear();
        }
        return KNOWN.computeIfAbsent(new Key(glyph, style), key -> new Cell(key.glyph(), key.style(), false));
    }

    /** The same, before an edge behind which the text goes on. */
    Cell continued() {
        return new Cell(glyph, style, true);
    }

    /**
     * @param isContinued the text goes on in the first cell of the next row, so a terminal that selects both should not see a
     *     line end between them
     */
    @SuppressWarnings("deprecation") // Lanterna has no other constructor that is open to subclasses.
    private Cell(Glyphs.Glyph glyph, Style style, boolean isContinued) {
        super(' ', TextColor.ANSI.DEFAULT, TextColor.ANSI.DEFAULT);
        this.glyph = glyph;
        this.style = style;
        this.isContinued = isContinued;
        this.isCertain = Width.isCertain(glyph.text());
    }

    Style style() {
        return style;
    }

    boolean isContinued() {
        return isContinued;
    }

    boolean isCertain() {
        return isCertain;
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
        return of(new Glyphs.Glyph(String.valueOf(character), 1), style);
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

package sotto.tui.view;

/** How cells look. Colours are the terminal's own sixteen, so that its theme rules. */
record Style(Colour colour, boolean isBold, boolean isFaint, boolean isReversed) {
    static final Style PLAIN = new Style(Colour.DEFAULT, false, false, false);
    static final Style BOLD = new Style(Colour.DEFAULT, true, false, false);
    static final Style FAINT = new Style(Colour.DEFAULT, false, true, false);
    static final Style REVERSED = new Style(Colour.DEFAULT, false, false, true);

    /** The foreground colours that are used. */
    enum Colour {
        DEFAULT(39),
        RED(31),
        GREEN(32),
        YELLOW(33),
        BLUE(34),
        MAGENTA(35),
        CYAN(36);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }

    Style in(Colour newColour) {
        return new Style(newColour, isBold, isFaint, isReversed);
    }

    Style bold() {
        return new Style(colour, true, isFaint, isReversed);
    }

    /** The parameters of the one control sequence that sets this style and nothing else; without colour where that is wished. */
    String parameters(boolean isColoured) {
        StringBuilder parameters = new StringBuilder("0");
        if (isBold) {
            parameters.append(";1");
        }
        if (isFaint) {
            parameters.append(";2");
        }
        if (isReversed) {
            parameters.append(";7");
        }
        if (isColoured && colour != Colour.DEFAULT) {
            parameters.append(';').append(colour.code);
        }
        return parameters.toString();
    }
}

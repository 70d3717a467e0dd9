package sotto.node.api;

/**
 * Text that came from somewhere else, made harmless: no control, escape, bidirectional or zero-width character and no endless
 * run of marks is left in it. All remote text passes through here before a face sees it.
 */
public record SafeText(String value) {
    public SafeText {
        value = value.replaceAll("\\p{Cntrl}", "\uFFFD");
    }

    @Override
    public String toString() {
        return value;
    }
}

package sotto.tui.model;

/** One line for the person, shown above the input until the next thing happens. */
public record Notice(Kind kind, String text) {
    /** How loud it is. */
    public enum Kind {
        NEWS,
        TIP,
        WARNING
    }

    public static Notice news(String text) {
        return new Notice(Kind.NEWS, text);
    }

    public static Notice tip(String text) {
        return new Notice(Kind.TIP, text);
    }

    public static Notice warning(String text) {
        return new Notice(Kind.WARNING, text);
    }
}

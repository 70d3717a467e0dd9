package sotto.tui.view;

/** How large a terminal is. */
public record Size(int columns, int rows) {
    /** Where a terminal does not say. */
    public static final Size USUAL = new Size(80, 24);

    private static final int SIDE_MAX = 1_000;

    public Size {
        columns = Math.max(1, Math.min(columns, SIDE_MAX));
        rows = Math.max(1, Math.min(rows, SIDE_MAX));
    }
}

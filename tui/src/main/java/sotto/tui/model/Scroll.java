package sotto.tui.model;

/**
 * Where the messages stand in their pane. The view knows how high messages are, so it turns wishes into places.
 *
 * @param bottom the position of the message at the pane's bottom, or {@link #NEWEST}
 * @param hiddenRows how many of that message's last rows are below the pane
 * @param rows the wish to move this many rows up; negative is down
 * @param pages the wish to move this many panes up; negative is down
 */
public record Scroll(long bottom, int hiddenRows, int rows, int pages) {
    /** Stays with the newest message as more come. */
    public static final Scroll NEWEST = new Scroll(Long.MAX_VALUE, 0, 0, 0);

    public boolean isAtNewest() {
        return bottom == Long.MAX_VALUE;
    }

    public Scroll byRows(int more) {
        return new Scroll(bottom, hiddenRows, rows + more, pages);
    }

    public Scroll byPages(int more) {
        return new Scroll(bottom, hiddenRows, rows, pages + more);
    }
}

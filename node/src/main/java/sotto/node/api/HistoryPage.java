package sotto.node.api;

/** Which part of a conversation: at most {@code limit} messages whose position is below {@code before}. */
public record HistoryPage(long before, int limit) {
    public static final int LIMIT_MAX = 10_000;

    /** So many messages fit into one reply over the socket, whatever was written in them. */
    public static final int LIMIT_SAFE = 50;

    public HistoryPage {
        if (before < 0 || limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("a page has 1 to " + LIMIT_MAX + " messages, not " + limit);
        }
    }

    /** The newest {@code limit} messages. */
    public static HistoryPage newest(int limit) {
        return new HistoryPage(Long.MAX_VALUE, limit);
    }
}

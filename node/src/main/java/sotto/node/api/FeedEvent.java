package sotto.node.api;

import java.time.Instant;

/**
 * An event in the feed.
 *
 * @param sequence its durable number, growing by at least one, or {@link #TRANSIENT}
 */
public record FeedEvent(long sequence, Instant at, Event event) {
    /** The sequence of an event that is told live and not stored. */
    public static final long TRANSIENT = 0;
}

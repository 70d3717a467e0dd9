package sotto.bench.app;

import java.sql.SQLException;
import java.util.List;

/** What the vault and its rival do for the benchmark: keep short texts by conversation and position. Confined to one thread. */
interface MessageStore extends AutoCloseable {
    /**
     * Keeps {@code texts} durably, in one commit.
     *
     * @return the nanoseconds from the call to the acknowledgement, on the thread that holds the store
     */
    long commit(List<Text> texts) throws Exception;

    /** The newest texts of a conversation, the newest first, at most {@code limit}; timed on the thread that holds the store. */
    Page newest(int conversation, int limit) throws Exception;

    /** Closes and opens again; gives how long the opening took. */
    Opening reopen() throws Exception;

    /** What all its files take. */
    long sizeBytes() throws Exception;

    @Override
    void close() throws SQLException;

    /** Texts, and how long reading them took. */
    record Page(List<String> texts, long nanos) {}

    /** A text to keep. */
    record Text(int conversation, long position, String text) {}

    /**
     * How long an opening took.
     *
     * @param nanos all of it
     * @param derivationNanos the share of it that Argon2id took, measured inside of it; zero if that is not known
     */
    record Opening(long nanos, long derivationNanos) {}
}

package sotto.node.vault;

import java.io.Closeable;
import java.io.IOException;

/** One open file. Reads may run beside writes elsewhere in the file; otherwise confined to one thread at a time. */
interface DiskFile extends Closeable {
    long sizeBytes() throws IOException;

    /**
     * Fills {@code target} from {@code offset} on.
     *
     * @throws java.io.EOFException if the file ends before
     */
    void read(long offset, byte[] target) throws IOException;

    /** Writes all of {@code source} at {@code offset}; a file grows where it must. Not durable before {@link #sync}. */
    void write(long offset, byte[] source) throws IOException;

    /** Returns once all that was written is durable. */
    void sync(SyncPoint point) throws IOException;

    /** Takes the lock that keeps other processes, and other vaults of this one, away until this is closed; false if they have it. */
    boolean tryLock() throws IOException;

    @Override
    void close() throws IOException;
}

package sotto.libp2p.kad;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.host.RecordStore.StoredRecord;
import sotto.libp2p.runtime.EventLoopThread;

/**
 * The file of {@link FileRecordStore}, written by a thread of its own in the order of the calls. A kill loses at most what was
 * not written yet. Records are not synced one by one: what a power cut takes, the other keepers hand on within an hour. Where the
 * disk fails, it gives up and says so once: a node without disk is better than none. Methods are thread-safe.
 */
final class RecordFile implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RecordFile.class.getName());
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
    /** Records that wait for a slow disk; more than that are kept in memory only. */
    private static final int WAITING_MAX = 4_096;

    private final EventLoopThread disk = new EventLoopThread("sotto-records");
    private final AtomicInteger waiting = new AtomicInteger();
    private final Path path;

    // Confined to the thread of the disk.
    private @Nullable FileChannel file;
    private boolean hasFailed;

    /** Nothing is done until {@link #rewrite}. */
    RecordFile(Path path) {
        this.path = path;
    }

    void append(StoredRecord record) {
        if (waiting.incrementAndGet() > WAITING_MAX) {
            waiting.decrementAndGet();
            return;
        }
        disk.execute(() -> {
            waiting.decrementAndGet();
            attempt(() -> write(open(), RecordLog.encode(record)));
        });
    }

    /** Puts a file of {@code records} alone in the place of the old one; a crash leaves one of the two, whole. */
    void rewrite(List<StoredRecord> records) {
        disk.execute(() -> attempt(() -> {
            FileChannel fresh = create(unfinished());
            try {
                for (StoredRecord record : records) {
                    write(fresh, RecordLog.encode(record));
                }
                fresh.force(true);
                Files.move(unfinished(), path, StandardCopyOption.ATOMIC_MOVE);
                syncNames();
                closeFile();
            } catch (IOException failure) {
                fresh.close();
                throw failure;
            }
            file = fresh;
        }));
    }

    private Path unfinished() {
        return path.resolveSibling(path.getFileName() + ".new");
    }

    private static FileChannel create(Path path) throws IOException {
        Files.deleteIfExists(path);
        return FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Writes what waits, and syncs. */
    @Override
    public void close() {
        disk.execute(() -> {
            attempt(() -> open().force(true));
            attempt(this::closeFile);
            disk.close();
        });
        try {
            disk.awaitEnd(CLOSE_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void syncNames() throws IOException {
        try (FileChannel folder = FileChannel.open(path.resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private FileChannel open() throws IOException {
        if (file == null) {
            throw new IOException("the file is not open");
        }
        return file;
    }

    private void closeFile() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    private static void write(FileChannel file, ByteBuffer entry) throws IOException {
        while (entry.hasRemaining()) {
            file.write(entry);
        }
    }

    private void attempt(Work work) {
        if (hasFailed) {
            return;
        }
        try {
            work.run();
        } catch (IOException failure) {
            hasFailed = true;
            abandon();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "records are kept in memory only from now on and will not survive a restart: the disk failed ("
                            + failure.getClass().getSimpleName() + ")");
        }
    }

    /** Nothing is written any more: what is open is let go of. */
    private void abandon() {
        try {
            closeFile();
        } catch (IOException failure) {
            // The disk has failed already, and that is said once.
            return;
        }
    }

    /** Something that the disk may refuse. */
    private interface Work {
        void run() throws IOException;
    }
}

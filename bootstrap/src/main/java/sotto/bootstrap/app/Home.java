package sotto.bootstrap.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;

/**
 * The folder of one bootstrap node, 0700, held by one process at a time: the system frees it when that process is gone,
 * however it ends. Made by {@link #take}, given back by {@link #close}.
 */
final class Home implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final Path folder;
    private final FileChannel lock;

    private Home(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes {@code folder} where it is missing, and waits until no other process has it.
     *
     * @throws ApiException if one still has it after {@code patience}
     */
    static Home take(Path folder, EventLoop loop, Duration patience) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
        Files.setPosixFilePermissions(folder, OWNER_FOLDER);
        FileChannel lock = FileChannel.open(
                folder.resolve("lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_FILE));
        Duration deadline = loop.uptime().plus(patience);
        while (!isLocked(lock)) {
            if (loop.uptime().compareTo(deadline) >= 0) {
                lock.close();
                throw new ApiException(new ApiError.VaultInUse());
            }
            pause(loop);
        }
        return new Home(folder, lock);
    }

    Path keyFile() {
        return folder.resolve("host.key");
    }

    /** Where the records of others lie. */
    Path records() {
        return folder.resolve("records");
    }

    /** Where the peers seen last are remembered. */
    Path seenPeers() {
        return folder.resolve("peers");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** Makes durable which files {@code folder} has. */
    static void syncNames(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static boolean isLocked(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    private static void pause(EventLoop loop) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        loop.schedule(BETWEEN_TRIES, () -> over.complete(null));
        Outcome.of(over, BETWEEN_TRIES.multipliedBy(100));
    }
}

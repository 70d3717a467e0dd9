package sotto.node.rpc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Held by the one process that serves a home, open or locked; the system frees it when that process dies. Follows no link. */
record NodeLock(FileLock lock) implements AutoCloseable {
    /** Takes the lock, making the home (0700) where it is missing; empty if another process has it. */
    static Optional<NodeLock> take(Path home) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        if (!Files.isDirectory(home)) {
            Files.createDirectories(home, owner);
        }
        FileChannel file = FileChannel.open(
                home.resolve("node.lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return Optional.of(new NodeLock(lock));
            }
        } catch (OverlappingFileLockException heldHere) {
            // As good as held by another process.
        }
        file.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        lock.acquiredBy().close();
    }
}

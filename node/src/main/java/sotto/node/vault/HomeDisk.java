package sotto.node.vault;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The home folder on a real disk: the folder 0700, every file in it 0600. A link in place of a file is never followed: whoever
 * laid it there would choose what is overwritten with keys.
 */
final class HomeDisk implements VaultDisk {
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private final Path home;
    private final Channels channels;

    HomeDisk(Path home) {
        this(home, FileChannel::open);
    }

    /** The same over {@code channels}, through which every byte and every wait goes. */
    HomeDisk(Path home, Channels channels) {
        this.home = home.toAbsolutePath();
        this.channels = channels;
    }

    /** Opens a file, or a folder that is only to be synced. */
    interface Channels {
        FileChannel open(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
                throws IOException;
    }

    @Override
    public boolean exists(VaultFileName name) {
        return Files.exists(path(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public DiskFile create(VaultFileName name) throws IOException {
        OpenOption making = StandardOpenOption.CREATE_NEW;
        if (name == VaultFileName.UNFINISHED) {
            // The first file of every vault; one that is there may be locked by somebody, so it stays the same file.
            makeHome();
            making = StandardOpenOption.CREATE;
        } else if (Files.isRegularFile(path(name), LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(path(name));
        }
        Set<OpenOption> options =
                Set.of(making, LinkOption.NOFOLLOW_LINKS, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel channel = channels.open(path(name), options, PosixFilePermissions.asFileAttribute(OWNER_FILE));
        Files.setPosixFilePermissions(path(name), OWNER_FILE);
        return new HomeFile(channel);
    }

    @Override
    public DiskFile open(VaultFileName name) throws IOException {
        Set<OpenOption> options = Set.of(LinkOption.NOFOLLOW_LINKS, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new HomeFile(channels.open(path(name), options));
    }

    @Override
    public void delete(VaultFileName name) throws IOException {
        Files.deleteIfExists(path(name));
    }

    @Override
    public void syncNames(SyncPoint point) throws IOException {
        syncFolder(home);
    }

    /** Makes the folder, and those above it that are missing; durable at once, also if somebody else has just made it. */
    private void makeHome() throws IOException {
        List<Path> above = new ArrayList<>();
        for (Path folder = home.getParent(); folder != null; folder = folder.getParent()) {
            above.add(folder);
            if (Files.exists(folder)) {
                break;
            }
        }
        Files.createDirectories(home, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
        Files.setPosixFilePermissions(home, OWNER_FOLDER);
        for (Path folder : above) {
            // A folder that one may write to and not read cannot be opened, and so not be synced.
            if (Files.isReadable(folder)) {
                syncFolder(folder);
            }
        }
    }

    private void syncFolder(Path path) throws IOException {
        try (FileChannel folder = channels.open(path, Set.of(StandardOpenOption.READ))) {
            folder.force(true);
        }
    }

    private Path path(VaultFileName name) {
        return home.resolve(name.fileName());
    }

    /** A file by its channel, which is safe to read at one place while it is written at another. */
    private record HomeFile(FileChannel channel) implements DiskFile {
        @Override
        public long sizeBytes() throws IOException {
            return channel.size();
        }

        @Override
        public void read(long offset, byte[] target) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(target);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw new EOFException("the file ends early");
                }
            }
        }

        @Override
        public void write(long offset, byte[] source) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(source);
            while (buffer.hasRemaining()) {
                channel.write(buffer, offset + buffer.position());
            }
        }

        @Override
        public void sync(SyncPoint point) throws IOException {
            // The times of the file are of no interest; a size that grew is made durable by fdatasync as well.
            channel.force(false);
        }

        @Override
        public boolean tryLock() throws IOException {
            try {
                return channel.tryLock() != null;
            } catch (OverlappingFileLockException ownProcess) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

package sotto.node.vault;

import java.io.IOException;
import java.util.Arrays;

/**
 * A disk that refuses one operation, as a full or a broken one does, and works again afterwards: so a vault that tried once more
 * would get away with it. Counts what is written and synced. Confined to one thread.
 */
final class FailingDisk implements VaultDisk {
    private final VaultDisk disk;
    private int refused;
    private int operations;
    private int afterRefusal;

    /** Refuses the operation after {@code operations} others. */
    FailingDisk(VaultDisk disk, int operations) {
        this.disk = disk;
        this.refused = operations;
    }

    /** The next operation is the one that is refused. */
    void refuseNext() {
        refused = operations;
    }

    boolean hasRefused() {
        return operations > refused;
    }

    /** How much was written or synced, or tried to, after the refusal. */
    int afterRefusal() {
        return afterRefusal;
    }

    @Override
    public boolean exists(VaultFileName name) throws IOException {
        return disk.exists(name);
    }

    @Override
    public DiskFile create(VaultFileName name) throws IOException {
        spend("create");
        return new FailingFile(disk.create(name));
    }

    @Override
    public DiskFile open(VaultFileName name) throws IOException {
        return new FailingFile(disk.open(name));
    }

    @Override
    public void delete(VaultFileName name) throws IOException {
        spend("delete");
        disk.delete(name);
    }

    @Override
    public void syncNames(SyncPoint point) throws IOException {
        spend("sync");
        disk.syncNames(point);
    }

    private void spend(String what) throws IOException {
        if (hasRefused()) {
            afterRefusal++;
        }
        if (operations++ == refused) {
            throw new IOException("refused to " + what);
        }
    }

    /** A file on it. */
    private final class FailingFile implements DiskFile {
        private final DiskFile file;

        FailingFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public long sizeBytes() throws IOException {
            return file.sizeBytes();
        }

        @Override
        public void read(long offset, byte[] target) throws IOException {
            file.read(offset, target);
        }

        /** As much of {@code sizeBytes} as ends with a sector: none is ever half written. */
        private static int toSectorEdge(long offset, int sizeBytes) {
            return Math.max(0, sizeBytes - (int) ((offset + sizeBytes) % VaultFormat.SECTOR_BYTES));
        }

        @Override
        public void write(long offset, byte[] source) throws IOException {
            if (operations == refused) {
                // A disk that is full takes the beginning.
                file.write(offset, Arrays.copyOf(source, toSectorEdge(offset, source.length / 2)));
            }
            spend("write");
            file.write(offset, source);
        }

        @Override
        public void sync(SyncPoint point) throws IOException {
            spend("sync");
            file.sync(point);
        }

        @Override
        public boolean tryLock() throws IOException {
            return file.tryLock();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

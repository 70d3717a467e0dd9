package sotto.node.vault;

import java.io.IOException;
import sotto.node.vault.VaultKillSubject.Notes;

/** A disk that notes in mapped memory, which outlives SIGKILL, what was under way. */
record WatchedDisk(VaultDisk disk, Notes notes) implements VaultDisk {
    @Override
    public boolean exists(VaultFileName name) throws IOException {
        return disk.exists(name);
    }

    @Override
    public DiskFile create(VaultFileName name) throws IOException {
        return disk.create(name);
    }

    @Override
    public DiskFile open(VaultFileName name) throws IOException {
        return new WatchedFile(
                disk.open(name), name == VaultFileName.JOURNAL ? Notes.COMMITTING : Notes.CHECKPOINTING, notes);
    }

    @Override
    public void delete(VaultFileName name) throws IOException {
        disk.delete(name);
    }

    @Override
    public void syncNames(SyncPoint point) throws IOException {
        disk.syncNames(point);
    }

    /** A file that notes when something was written and not synced yet. */
    private record WatchedFile(DiskFile file, int note, Notes notes) implements DiskFile {
        @Override
        public long sizeBytes() throws IOException {
            return file.sizeBytes();
        }

        @Override
        public void read(long offset, byte[] target) throws IOException {
            file.read(offset, target);
        }

        @Override
        public void write(long offset, byte[] source) throws IOException {
            notes.put(note, 1);
            file.write(offset, source);
        }

        @Override
        public void sync(SyncPoint point) throws IOException {
            file.sync(point);
            notes.put(note, 0);
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

package sotto.node.vault;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A disk in memory whose power fails: every 512-byte sector that was written and not synced is then, independently of all
 * others, as it was synced last or as any write since has left it; so are the length of a file and the names in the folder. A
 * sync point can be made to do nothing. Confined to one thread.
 */
final class LossyDisk implements VaultDisk {
    private static final int SECTOR_BYTES = 512;

    private final Map<VaultFileName, MemoryFile> files = new EnumMap<>(VaultFileName.class);
    private final Map<VaultFileName, MemoryFile> gone = new EnumMap<>(VaultFileName.class);
    private final Set<VaultFileName> durableNames = EnumSet.noneOf(VaultFileName.class);
    private final Set<SyncPoint> ignored = EnumSet.noneOf(SyncPoint.class);
    private final Set<SyncPoint> seen = EnumSet.noneOf(SyncPoint.class);
    private final Set<VaultFileName> locked = EnumSet.noneOf(VaultFileName.class);
    private Optional<SyncPoint> cutAt = Optional.empty();
    private long operationsLeft = Long.MAX_VALUE;

    /** Makes waiting for the disk at {@code point} a waiting for nothing. */
    void ignore(SyncPoint point) {
        ignored.add(point);
    }

    /** The points that were waited at. */
    Set<SyncPoint> seen() {
        return seen;
    }

    /** Cuts the power at the operation after {@code operations} more: it and all that follow fail. */
    void cutPowerAfter(long operations) {
        operationsLeft = operations;
    }

    /** Cuts the power the next time somebody waits at {@code point}. */
    void cutPowerAt(SyncPoint point) {
        cutAt = Optional.of(point);
    }

    boolean isOff() {
        return operationsLeft <= 0;
    }

    /** Gives power again to what is left; sectors that were not synced are lost with a chance of {@code loss}. */
    void powerOn(RandomGenerator random, double loss) {
        operationsLeft = Long.MAX_VALUE;
        cutAt = Optional.empty();
        locked.clear();
        for (VaultFileName name : VaultFileName.values()) {
            boolean isThere = files.containsKey(name);
            boolean wasThere = durableNames.contains(name);
            if (isThere != wasThere && random.nextDouble() < loss) {
                // A name that is lost takes its file along; one that comes back finds it as it was.
                restore(name, wasThere);
            }
        }
        Fate fate = (name, sector) -> random.nextDouble() < loss;
        files.forEach((name, file) -> {
            file.lose(name, fate, random::nextInt);
            file.settle(random.nextDouble() < loss ? file.durableLength : file.length);
        });
        durableNames.clear();
        durableNames.addAll(files.keySet());
    }

    /** Gives power again to what {@code fate} leaves; files keep their lengths, lost sectors what was synced last. */
    void powerOn(Fate fate) {
        operationsLeft = Long.MAX_VALUE;
        cutAt = Optional.empty();
        locked.clear();
        files.forEach((name, file) -> {
            file.lose(name, fate, bound -> 0);
            file.settle(file.length);
        });
    }

    /** Which of the sectors that were not synced are lost. */
    interface Fate {
        boolean isLost(VaultFileName name, int sector);
    }

    /** The bytes of a file, for whoever looks at the disk or tampers with it. */
    byte[] bytes(VaultFileName name) {
        MemoryFile file = file(name);
        return Arrays.copyOf(file.current, file.length);
    }

    /** Another disk with the same content, all of it durable. */
    LossyDisk copy() {
        LossyDisk copy = new LossyDisk();
        for (VaultFileName name : files.keySet()) {
            copy.put(name, bytes(name));
        }
        return copy;
    }

    /** Replaces a file, durably. */
    void put(VaultFileName name, byte[] bytes) {
        files.put(name, new MemoryFile(bytes));
        durableNames.add(name);
    }

    @Override
    public boolean exists(VaultFileName name) {
        return files.containsKey(name);
    }

    @Override
    public DiskFile create(VaultFileName name) throws IOException {
        spend();
        MemoryFile made = new MemoryFile(new byte[0]);
        files.put(name, made);
        return new Handle(name, made);
    }

    @Override
    public DiskFile open(VaultFileName name) throws IOException {
        if (!files.containsKey(name)) {
            throw new NoSuchFileException(name.fileName());
        }
        return new Handle(name, file(name));
    }

    @Override
    public void delete(VaultFileName name) throws IOException {
        spend();
        gone.put(name, files.remove(name));
    }

    @Override
    public void syncNames(SyncPoint point) throws IOException {
        spendAt(point);
        seen.add(point);
        if (!ignored.contains(point)) {
            durableNames.clear();
            durableNames.addAll(files.keySet());
        }
    }

    private void restore(VaultFileName name, boolean wasThere) {
        MemoryFile deleted = gone.get(name);
        if (wasThere && deleted != null) {
            files.put(name, deleted);
        } else {
            files.remove(name);
        }
    }

    private MemoryFile file(VaultFileName name) {
        MemoryFile file = files.get(name);
        if (file == null) {
            throw new IllegalStateException(name + " is not there");
        }
        return file;
    }

    private void spendAt(SyncPoint point) throws IOException {
        if (cutAt.filter(point::equals).isPresent()) {
            operationsLeft = Math.min(operationsLeft, 1);
        }
        spend();
    }

    private void spend() throws IOException {
        if (operationsLeft <= 0) {
            throw new IOException("no power");
        }
        operationsLeft--;
        if (operationsLeft == 0) {
            throw new IOException("the power went");
        }
    }

    /** A file as it is written, as it is durable, and what each sector was given since it last was. */
    private static final class MemoryFile {
        private byte[] current;
        private byte[] durable;
        private final Map<Integer, List<byte[]>> written = new HashMap<>();
        private int length;
        private int durableLength;

        /** A file with that content, durably. */
        MemoryFile(byte[] content) {
            current = Arrays.copyOf(content, roomFor(content.length));
            durable = current.clone();
            length = content.length;
            durableLength = length;
        }

        void store(int offset, byte[] source) {
            int end = offset + source.length;
            if (end > current.length) {
                int room = roomFor(Math.max(end, 2 * current.length));
                current = Arrays.copyOf(current, room);
                durable = Arrays.copyOf(durable, room);
            }
            System.arraycopy(source, 0, current, offset, source.length);
            for (int sector = offset / SECTOR_BYTES; sector * SECTOR_BYTES < end; sector++) {
                int from = sector * SECTOR_BYTES;
                written.computeIfAbsent(sector, fresh -> new ArrayList<>(1))
                        .add(Arrays.copyOfRange(current, from, from + SECTOR_BYTES));
            }
            length = Math.max(length, end);
        }

        void settle(int newLength) {
            length = newLength;
            written.keySet().forEach(sector -> copySector(sector, current, durable));
            written.clear();
            durableLength = length;
        }

        /** A lost sector is as it was synced last, or as one of the writes since, but the last one, left it. */
        void lose(VaultFileName name, Fate fate, IntUnaryOperator choice) {
            written.forEach((sector, versions) -> {
                if (fate.isLost(name, sector)) {
                    int version = choice.applyAsInt(versions.size()) - 1;
                    if (version < 0) {
                        copySector(sector, durable, current);
                    } else {
                        System.arraycopy(versions.get(version), 0, current, sector * SECTOR_BYTES, SECTOR_BYTES);
                    }
                }
            });
        }

        private static int roomFor(int bytes) {
            return (bytes + SECTOR_BYTES - 1) / SECTOR_BYTES * SECTOR_BYTES;
        }

        private static void copySector(int sector, byte[] from, byte[] to) {
            System.arraycopy(from, sector * SECTOR_BYTES, to, sector * SECTOR_BYTES, SECTOR_BYTES);
        }
    }

    /** An open file. */
    private final class Handle implements DiskFile {
        private final VaultFileName name;
        private final MemoryFile file;
        private boolean holdsLock;

        Handle(VaultFileName name, MemoryFile file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public long sizeBytes() {
            return file.length;
        }

        @Override
        public void read(long offset, byte[] target) throws IOException {
            if (operationsLeft <= 0) {
                throw new IOException("no power");
            }
            if (offset + target.length > file.length) {
                throw new EOFException("the file ends early");
            }
            System.arraycopy(file.current, (int) offset, target, 0, target.length);
        }

        @Override
        public void write(long offset, byte[] source) throws IOException {
            if (operationsLeft == 1) {
                // The write that the power fails in may have begun.
                file.store((int) offset, source);
            }
            spend();
            file.store((int) offset, source);
        }

        @Override
        public void sync(SyncPoint point) throws IOException {
            spendAt(point);
            seen.add(point);
            if (!ignored.contains(point)) {
                file.settle(file.length);
            }
        }

        @Override
        public boolean tryLock() {
            holdsLock = locked.add(name);
            return holdsLock;
        }

        @Override
        public void close() {
            if (holdsLock) {
                locked.remove(name);
            }
        }
    }
}

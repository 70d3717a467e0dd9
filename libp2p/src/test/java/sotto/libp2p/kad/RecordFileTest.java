package sotto.libp2p.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.RecordStore.StoredRecord;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.Require;
import sotto.libp2p.runtime.Seeds;

/** Proves that records survive a restart and a kill, that damage costs what it hits, and that the file stays bounded. */
class RecordFileTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final int RECORDS_MAX = 500;
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    private Path folder;

    @Test
    void keepsRecordsAcrossRestarts() throws IOException {
        FileRecordStore before = open();
        for (int i = 0; i < 50; i++) {
            assertTrue(before.put(record(i, i)));
        }
        assertTrue(before.put(record(7, 1000)), "a newer one of a key");
        before.close();
        FileRecordStore after = open();
        assertEquals(50, after.size());
        assertEquals(50, after.count());
        assertEquals(Optional.of(record(7, 1000)), after.get(key(7)));
        assertEquals(Optional.of(record(8, 8)), after.get(key(8)));
        assertEquals(0, after.corrupt());
        after.close();
    }

    @Test
    void isItsOwnersAlone() throws IOException {
        FileRecordStore store = open();
        store.put(record(1, 1));
        store.close();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
    }

    @Test
    void losesOnlyTheRecordThatWasBeingWritten() throws IOException {
        byte[] whole = written(3);
        int entryBytes = whole.length / 3;
        for (int size = 0; size <= whole.length; size += 37) {
            Files.write(path(), Arrays.copyOf(whole, size));
            FileRecordStore store = open();
            assertEquals(size / entryBytes, store.size());
            assertEquals(size % entryBytes == 0 ? 0 : 1, store.corrupt());
            store.close();
        }
    }

    @Test
    void skipsAndCountsWhatIsDamaged() throws IOException {
        byte[] whole = written(9);
        int entryBytes = whole.length / 9;
        Seeds.forEach(40, random -> {
            byte[] damaged = whole.clone();
            HashSet<Integer> hit = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                int at = random.nextInt(whole.length);
                damaged[at] ^= (byte) (1 + random.nextInt(255));
                hit.add(at / entryBytes);
            }
            Files.write(path(), damaged);
            FileRecordStore store = open();
            for (int i = 0; i < 9; i++) {
                assertEquals(hit.contains(i) ? Optional.empty() : Optional.of(record(i, i)), store.get(key(i)));
            }
            assertTrue(store.corrupt() >= 1 && store.corrupt() <= hit.size());
            store.close();
        });
    }

    @Test
    void readsAFileOfAnything() throws IOException {
        Seeds.forEach(40, random -> {
            Files.write(path(), Seeds.bytes(random, 100_000));
            FileRecordStore store = open();
            assertEquals(0, store.size());
            store.close();
        });
    }

    @Test
    void keepsItsBounds() throws IOException {
        FileRecordStore store = open();
        for (int i = 0; i < 3 * RECORDS_MAX; i++) {
            store.put(record(i, i));
        }
        assertEquals(RECORDS_MAX, store.size());
        HashSet<Bytes> kept = new HashSet<>(store.keys());
        store.close();
        FileRecordStore again = open();
        assertEquals(kept, new HashSet<>(again.keys()));
        again.close();
    }

    @Test
    void tidiesItsFile() throws IOException {
        FileRecordStore store = open();
        long written = 0;
        for (int i = 0; written < 4 * FileRecordStore.TIDY_BYTES_MIN; i++) {
            store.put(record(i % 10, i));
            written += RecordLog.sizeBytes(record(i % 10, i));
        }
        store.close();
        assertTrue(Files.size(path()) <= FileRecordStore.TIDY_BYTES_MIN + RecordLog.sizeBytes(record(1, 1)));
    }

    @Test
    void forgetsWhatHasExpired() throws IOException {
        FileRecordStore store = open();
        store.put(record(1, 1));
        store.removeExpired(NOW.plusSeconds(3599));
        assertEquals(1, store.count());
        store.removeExpired(NOW.plusSeconds(3600));
        assertEquals(0, store.count());
        store.close();
    }

    @Test
    void goesOnInMemoryWhenTheDiskFails() throws IOException {
        FileRecordStore store = open();
        store.close();
        Files.delete(path());
        Files.createDirectory(path().resolveSibling("records.new"));
        Files.writeString(path().resolveSibling("records.new").resolve("in the way"), "");
        FileRecordStore broken = open();
        assertTrue(broken.put(record(1, 1)));
        assertEquals(Optional.of(record(1, 1)), broken.get(key(1)));
        broken.close();
        assertFalse(Files.exists(path()));
    }

    @Test
    void leavesNothingOpenWhenTheDiskFails() throws IOException {
        Require.that(Files.isDirectory(OPEN_FILES), "no list of open files");
        RecordFile file = new RecordFile(path());
        file.rewrite(List.of(record(1, 1)));
        file.close();
        Files.delete(path());
        Files.createDirectory(path());
        Files.writeString(path().resolve("in the way"), "");
        RecordFile broken = new RecordFile(path());
        broken.rewrite(List.of(record(1, 1)));
        broken.close();
        try (Stream<Path> open = Files.list(OPEN_FILES)) {
            assertEquals(
                    List.of(),
                    open.map(RecordFileTest::target).filter(this::isHere).toList());
        }
    }

    private static String target(Path open) {
        try {
            return Files.readSymbolicLink(open).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private boolean isHere(String target) {
        return target.startsWith(folder.toString());
    }

    /** The file of so many records. */
    private byte[] written(int count) throws IOException {
        FileRecordStore store = open();
        for (int i = 0; i < count; i++) {
            store.put(record(i, i));
        }
        store.close();
        byte[] whole = Files.readAllBytes(path());
        Files.newOutputStream(path(), StandardOpenOption.TRUNCATE_EXISTING).close();
        return whole;
    }

    private FileRecordStore open() throws IOException {
        KadLimits.Records limits =
                new KadLimits.Records(1_000, 96, RECORDS_MAX, RECORDS_MAX, java.time.Duration.ofDays(1));
        return FileRecordStore.open(path(), Key.of(Bytes.utf8("this host")), limits);
    }

    private Path path() {
        return folder.resolve("records");
    }

    private static StoredRecord record(int key, int value) {
        byte[] text = new byte[200];
        Arrays.fill(text, (byte) value);
        return new StoredRecord(
                key(key), new ByteWriter().u64(value).raw(text).toBytes(), NOW, NOW.plusSeconds(3600), peer());
    }

    private static Bytes key(int key) {
        return Bytes.concat(Bytes.utf8("/test/"), new ByteWriter().u64(key).toBytes());
    }

    private static PeerId peer() {
        byte[] multihash = new byte[34];
        multihash[0] = 0x12;
        multihash[1] = 0x20;
        return new PeerId(Bytes.owning(multihash));
    }
}

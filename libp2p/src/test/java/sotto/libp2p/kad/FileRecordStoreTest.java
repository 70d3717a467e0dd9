package sotto.libp2p.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.RecordStore;
import sotto.libp2p.host.RecordStore.StoredRecord;
import sotto.libp2p.peer.PeerId;

/** Proves that the store in a file keeps what every store promises, over restarts and wherever the file was cut. */
class FileRecordStoreTest extends RecordStoreContract {
    private static final Set<Bytes> WRITTEN = Set.of(Bytes.utf8("a"), Bytes.utf8("b"));

    private final PeerId from = Peers.id(new SplittableRandom(7));

    @TempDir
    private Path folder;

    @Override
    RecordStore open() throws IOException {
        return FileRecordStore.open(file(), self, LIMITS);
    }

    @Test
    void hasEverythingAfterARestart() throws IOException {
        try (RecordStore store = open()) {
            store.put(record("a", 1, from));
            store.put(record("b", 1, from));
            store.put(record("a", 2, from));
        }
        try (RecordStore store = open()) {
            assertEquals(Optional.of(record("a", 2, from)), store.get(Bytes.utf8("a")));
            assertEquals(Optional.of(record("b", 1, from)), store.get(Bytes.utf8("b")));
            assertEquals(2, store.size());
            store.put(record("c", 1, from));
        }
        try (RecordStore store = open()) {
            assertEquals(3, store.size());
        }
    }

    @Test
    void opensWhereverTheFileWasCutOrDamaged() throws IOException {
        try (RecordStore store = open()) {
            store.put(record("a", 1, from));
            store.put(record("b", 1, from));
        }
        byte[] whole = Files.readAllBytes(file());
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            assertHoldsWhatIsWhole(Arrays.copyOf(whole, at), at);
            assertHoldsWhatIsWhole(damaged, at);
        }
    }

    private void assertHoldsWhatIsWhole(byte[] content, int at) throws IOException {
        Files.write(file(), content);
        try (RecordStore store = open()) {
            Set<Bytes> keys = new HashSet<>(store.keys());
            assertTrue(keys.size() < 2 && WRITTEN.containsAll(keys), () -> keys + " at " + at);
            assertTrue(store.put(record("c", 1, from)));
        }
        try (RecordStore store = open()) {
            assertEquals(Optional.of(record("c", 1, from)), store.get(Bytes.utf8("c")));
        }
    }

    @Test
    void theFileDoesNotGrowForEver() throws IOException {
        KadLimits.Records large = new KadLimits.Records(100_000, 30, 20, 8, Duration.ofDays(1));
        try (RecordStore store = FileRecordStore.open(file(), self, large)) {
            for (int i = 0; i < 200; i++) {
                store.put(new StoredRecord(Bytes.utf8("a"), Bytes.owning(new byte[100_000 - i]), NOW, NOW, from));
            }
        }
        assertTrue(Files.size(file()) <= 5 << 20, () -> "still too large");
        try (RecordStore store = FileRecordStore.open(file(), self, large)) {
            assertEquals(
                    100_000 - 199,
                    store.get(Bytes.utf8("a")).orElseThrow().value().size());
        }
    }

    private Path file() {
        return folder.resolve("records");
    }
}

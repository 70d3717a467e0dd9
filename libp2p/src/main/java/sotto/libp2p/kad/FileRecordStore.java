package sotto.libp2p.kad;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.RecordStore;

/**
 * Records that survive a restart: a bounded store in memory, and a file to which each record is appended as it comes. Each time
 * the file has doubled it is written anew, so that it never takes more than twice what is kept. The disk is never waited for.
 * Confined to the routing's loop.
 */
public final class FileRecordStore implements RecordStore {
    /** A file smaller than this is not worth tidying. */
    static final long TIDY_BYTES_MIN = 1 << 20;

    private final MemoryRecordStore memory;
    private final RecordFile file;
    private final int corrupt;
    private long fileBytes;
    private long tidyAtBytes;

    // Written on the routing's loop, read by whoever shows figures.
    private volatile int count;

    private FileRecordStore(MemoryRecordStore memory, RecordFile file, int corrupt) {
        this.memory = memory;
        this.file = file;
        this.corrupt = corrupt;
    }

    /**
     * Opens {@code file}, or makes one; for the host whose key is {@code self}. What cannot be read of it is skipped and counted.
     *
     * @throws IOException if it is there and cannot be read; where it cannot be written, records are kept in memory alone
     */
    public static FileRecordStore open(Path file, Key self, KadLimits.Records limits) throws IOException {
        MemoryRecordStore memory = new MemoryRecordStore(self, limits);
        RecordLog.Contents contents = Files.exists(file) ? RecordLog.read(file) : new RecordLog.Contents(List.of(), 0);
        contents.records().forEach(memory::put);
        FileRecordStore store = new FileRecordStore(memory, new RecordFile(file), contents.corrupt());
        store.count = memory.size();
        store.tidy();
        return store;
    }

    /** How many records there are; to be asked on any thread. */
    public int count() {
        return count;
    }

    /** How many runs of bytes of the file could not be read when it was opened. */
    public int corrupt() {
        return corrupt;
    }

    @Override
    public Optional<StoredRecord> get(Bytes key) {
        return memory.get(key);
    }

    @Override
    public boolean put(StoredRecord record) {
        if (!memory.put(record)) {
            return false;
        }
        count = memory.size();
        file.append(record);
        fileBytes += RecordLog.sizeBytes(record);
        if (fileBytes > tidyAtBytes) {
            tidy();
        }
        return true;
    }

    /** From the file they go when it is tidied; until then they are dropped again after a restart. */
    @Override
    public void removeExpired(Instant now) {
        memory.removeExpired(now);
        count = memory.size();
    }

    @Override
    public List<Bytes> keys() {
        return memory.keys();
    }

    @Override
    public int size() {
        return memory.size();
    }

    @Override
    public void close() {
        file.close();
    }

    private void tidy() {
        List<StoredRecord> kept = memory.all();
        fileBytes = kept.stream().mapToLong(RecordLog::sizeBytes).sum();
        tidyAtBytes = Math.max(TIDY_BYTES_MIN, 2 * fileBytes);
        file.rewrite(kept);
    }
}

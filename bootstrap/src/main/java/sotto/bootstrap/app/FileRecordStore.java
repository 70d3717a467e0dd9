package sotto.bootstrap.app;

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
final class FileRecordStore implements RecordStore {
    /** A file smaller than this is not worth tidying. */
    static final long TIDY_BYTES_MIN = 1 << 20;

    private final RecordStore memory;
    private final RecordFile file;
    private final int corrupt;
    private long fileBytes;
    private long tidyAtBytes;

    // Written on the routing's loop, read by whoever shows figures.
    private volatile int count;

    private FileRecordStore(RecordStore memory, RecordFile file, int corrupt) {
        this.memory = memory;
        this.file = file;
        this.corrupt = corrupt;
    }

    /**
     * Opens the file at {@code path}, or makes one. What cannot be read is skipped and counted.
     *
     * @param memory empty; its bounds are the bounds of all
     */
    static FileRecordStore open(Path path, RecordStore memory) throws IOException {
        RecordLog.Contents contents = Files.exists(path) ? RecordLog.read(path) : new RecordLog.Contents(List.of(), 0);
        contents.records().forEach(memory::put);
        FileRecordStore store = new FileRecordStore(memory, new RecordFile(path), contents.corrupt());
        store.count = memory.size();
        store.tidy();
        return store;
    }

    /** How many records there are; to be asked on any thread. */
    int count() {
        return count;
    }

    /** How many runs of bytes of the file could not be read when it was opened. */
    int corrupt() {
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
        List<StoredRecord> kept =
                memory.keys().stream().flatMap(key -> memory.get(key).stream()).toList();
        fileBytes = kept.stream().mapToLong(RecordLog::sizeBytes).sum();
        tidyAtBytes = Math.max(TIDY_BYTES_MIN, 2 * fileBytes);
        file.rewrite(kept);
    }
}

package sotto.libp2p.kad;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.RecordStore;

/**
 * Records in memory and in a file, so that a server that restarts still has them. The file is an optimisation: what cannot be
 * written is kept in memory, and what is lost in a power failure, others have. Not thread-safe.
 */
public final class FileRecordStore implements RecordStore {
    private static final System.Logger LOG = System.getLogger(FileRecordStore.class.getName());

    private final MemoryRecordStore records;
    private final RecordLog log;
    private boolean hasFailed;

    private FileRecordStore(MemoryRecordStore records, RecordLog log) {
        this.records = records;
        this.log = log;
    }

    /**
     * Reads what {@code file} holds, as far as the bounds allow, or begins it; for the host whose key is {@code self}.
     *
     * @throws IOException if the file can be neither read nor made
     */
    public static FileRecordStore open(Path file, Key self, KadLimits.Records limits) throws IOException {
        MemoryRecordStore records = new MemoryRecordStore(self, limits);
        RecordLog log = RecordLog.open(file, records::put);
        log.compact(records.all());
        return new FileRecordStore(records, log);
    }

    @Override
    public Optional<StoredRecord> get(Bytes key) {
        return records.get(key);
    }

    @Override
    public boolean put(StoredRecord record) {
        boolean isKept = records.put(record);
        if (isKept) {
            write(() -> {
                log.append(record);
                if (log.isMostlyOld()) {
                    log.compact(records.all());
                }
            });
        }
        return isKept;
    }

    @Override
    public void removeExpired(Instant now) {
        records.removeExpired(now);
    }

    @Override
    public List<Bytes> keys() {
        return records.keys();
    }

    @Override
    public int size() {
        return records.size();
    }

    @Override
    public void close() {
        write(log::close);
    }

    private void write(Writing writing) {
        try {
            writing.run();
            hasFailed = false;
        } catch (IOException failure) {
            if (!hasFailed) {
                LOG.log(System.Logger.Level.WARNING, "records are not written to their file", failure);
            }
            hasFailed = true;
        }
    }

    /** Something done to the file. */
    private interface Writing {
        void run() throws IOException;
    }
}

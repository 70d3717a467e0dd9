package sotto.libp2p.kad;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.RecordStore.StoredRecord;
import sotto.libp2p.peer.PeerId;

/**
 * A file of records, each later one of a key in the place of the earlier: a length, a checksum, the record. Ends at the first
 * entry that is not whole. Written anew once it is mostly old. Not thread-safe.
 */
final class RecordLog {
    private static final int HEADER_BYTES = 8;
    /** Larger than any record, so that a damaged length is not believed. */
    private static final int ENTRY_BYTES_MAX = 1 << 20;
    /** Not worth the trouble below. */
    private static final long COMPACTED_BYTES_MIN = 4L << 20;

    private final Path file;
    private FileChannel channel;
    private long compactedBytes;

    private RecordLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Hands what {@code file} holds to {@code records}, in the order in which it was written, and goes on behind it. */
    static RecordLog open(Path file, Consumer<StoredRecord> records) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        RecordLog log = new RecordLog(file, channel);
        channel.truncate(log.read(records));
        channel.position(channel.size());
        return log;
    }

    void append(StoredRecord record) throws IOException {
        writeTo(channel, record);
    }

    boolean isMostlyOld() throws IOException {
        return channel.size() > Math.max(COMPACTED_BYTES_MIN, 2 * compactedBytes);
    }

    /** Writes {@code records} alone, and takes the place of what was there before at once. */
    void compact(List<StoredRecord> records) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        FileChannel written = FileChannel.open(
                fresh,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            for (StoredRecord record : records) {
                writeTo(written, record);
            }
            written.force(false);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            written.close();
            throw failure;
        }
        channel.close();
        channel = written;
        compactedBytes = channel.size();
    }

    void close() throws IOException {
        channel.close();
    }

    /** Returns where the last whole entry ends. */
    private long read(Consumer<StoredRecord> records) throws IOException {
        long end = 0;
        while (true) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
            if (!fill(header, end)) {
                return end;
            }
            int sizeBytes = header.getInt();
            if (sizeBytes <= 0 || sizeBytes > ENTRY_BYTES_MAX) {
                return end;
            }
            ByteBuffer entry = ByteBuffer.allocate(sizeBytes);
            if (!fill(entry, end + HEADER_BYTES) || checksum(entry.array()) != header.getInt()) {
                return end;
            }
            try {
                records.accept(decode(Bytes.owning(entry.array())));
            } catch (WireException damaged) {
                return end;
            }
            end += HEADER_BYTES + sizeBytes;
        }
    }

    private boolean fill(ByteBuffer buffer, long from) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                return false;
            }
        }
        buffer.flip();
        return true;
    }

    private static void writeTo(FileChannel channel, StoredRecord record) throws IOException {
        byte[] entry = encode(record).toArray();
        ByteBuffer framed = ByteBuffer.allocate(HEADER_BYTES + entry.length);
        framed.putInt(entry.length).putInt(checksum(entry)).put(entry).flip();
        while (framed.hasRemaining()) {
            channel.write(framed);
        }
    }

    private static Bytes encode(StoredRecord record) {
        return new ByteWriter()
                .field16(record.key())
                .field32(record.value())
                .u64(millis(record.receivedAt()))
                .u64(millis(record.expiresAt()))
                .field16(record.from().multihash())
                .toBytes();
    }

    private static StoredRecord decode(Bytes entry) throws WireException {
        ByteReader reader = new ByteReader(entry);
        Bytes key = reader.field16();
        Bytes value = reader.field32(ENTRY_BYTES_MAX);
        Instant receivedAt = Instant.ofEpochMilli(reader.u64());
        Instant expiresAt = Instant.ofEpochMilli(reader.u64());
        PeerId from = PeerId.decode(reader.field16());
        reader.end();
        return new StoredRecord(key, value, receivedAt, expiresAt, from);
    }

    /** The end of time is as far away as fits. */
    private static long millis(Instant instant) {
        return instant.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE)) ? Long.MAX_VALUE : instant.toEpochMilli();
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}

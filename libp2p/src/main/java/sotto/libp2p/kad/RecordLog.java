package sotto.libp2p.kad;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.RecordStore.StoredRecord;
import sotto.libp2p.peer.PeerId;

/**
 * How records lie in a file, one after the other, later ones in the place of earlier ones of their key: a mark, the size of what
 * follows, its checksum; then the times in milliseconds, and key, value and peer, each behind its size. After something that
 * cannot be read it goes on at the next mark. Stateless.
 */
final class RecordLog {
    private static final int MARK = 0x53524543;
    private static final int HEADER_BYTES = 3 * Integer.BYTES;
    /** Larger than any key, value or peer, so that a damaged size is not believed. */
    private static final int PART_BYTES_MAX = 1 << 18;

    private static final int BODY_BYTES_MAX = 2 * Long.BYTES + 3 * (Integer.BYTES + PART_BYTES_MAX);
    private static final int WINDOW_BYTES = 1 << 20;

    private RecordLog() {}

    /**
     * What a file holds.
     *
     * @param records in order
     * @param corrupt runs of bytes that are no entry: damaged, or cut at the end
     */
    record Contents(List<StoredRecord> records, int corrupt) {
        Contents {
            records = List.copyOf(records);
        }
    }

    static long sizeBytes(StoredRecord record) {
        return HEADER_BYTES
                + 2L * Long.BYTES
                + 3L * Integer.BYTES
                + record.key().size()
                + record.value().size()
                + record.from().multihash().size();
    }

    static ByteBuffer encode(StoredRecord record) {
        ByteWriter body = new ByteWriter().u64(millis(record.receivedAt())).u64(millis(record.expiresAt()));
        for (Bytes part : List.of(record.key(), record.value(), record.from().multihash())) {
            body.u32(part.size()).raw(part);
        }
        byte[] bytes = body.toBytes().toArray();
        return ByteBuffer.allocate(HEADER_BYTES + bytes.length)
                .putInt(MARK)
                .putInt(bytes.length)
                .putInt(checksum(ByteBuffer.wrap(bytes)))
                .put(bytes)
                .flip();
    }

    /** All records that can be read of {@code path}, together in memory; the bytes of the file pass through a window. */
    static Contents read(Path path) throws IOException {
        List<StoredRecord> records = new ArrayList<>();
        int corrupt = 0;
        boolean isLost = false;
        ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            boolean isAtEnd = false;
            while (!isAtEnd || window.position() > 0) {
                isAtEnd = fill(file, window);
                window.flip();
                while (window.hasRemaining() && (isAtEnd || window.remaining() >= HEADER_BYTES + BODY_BYTES_MAX)) {
                    Optional<StoredRecord> record = next(window);
                    if (record.isPresent()) {
                        records.add(record.get());
                    } else {
                        window.get();
                        corrupt += isLost ? 0 : 1;
                    }
                    isLost = record.isEmpty();
                }
                window.compact();
            }
        }
        return new Contents(records, corrupt);
    }

    private static boolean fill(FileChannel file, ByteBuffer window) throws IOException {
        while (window.hasRemaining()) {
            if (file.read(window) < 0) {
                return true;
            }
        }
        return false;
    }

    /** The entry at the position of {@code window}, which then moves behind it; nothing, and it stays, if there is none. */
    private static Optional<StoredRecord> next(ByteBuffer window) {
        ByteBuffer entry = window.slice();
        if (entry.remaining() < HEADER_BYTES || entry.getInt() != MARK) {
            return Optional.empty();
        }
        int sizeBytes = entry.getInt();
        int checksum = entry.getInt();
        if (sizeBytes < 0 || sizeBytes > entry.remaining() || sizeBytes > BODY_BYTES_MAX) {
            return Optional.empty();
        }
        ByteBuffer body = entry.slice().limit(sizeBytes);
        if (checksum(body.duplicate()) != checksum) {
            return Optional.empty();
        }
        byte[] bytes = new byte[sizeBytes];
        body.get(bytes);
        Optional<StoredRecord> record = decode(Bytes.owning(bytes));
        if (record.isPresent()) {
            window.position(window.position() + HEADER_BYTES + sizeBytes);
        }
        return record;
    }

    private static Optional<StoredRecord> decode(Bytes body) {
        try {
            ByteReader in = new ByteReader(body);
            Instant receivedAt = Instant.ofEpochMilli(in.u64());
            Instant expiresAt = Instant.ofEpochMilli(in.u64());
            Bytes key = part(in);
            Bytes value = part(in);
            PeerId from = PeerId.decode(part(in));
            in.end();
            return Optional.of(new StoredRecord(key, value, receivedAt, expiresAt, from));
        } catch (WireException otherForm) {
            return Optional.empty();
        }
    }

    private static Bytes part(ByteReader in) throws WireException {
        long sizeBytes = in.u32();
        if (sizeBytes > PART_BYTES_MAX) {
            throw new WireException("a part longer than " + PART_BYTES_MAX);
        }
        return in.raw((int) sizeBytes);
    }

    /** The end of time is as far away as fits. */
    private static long millis(Instant instant) {
        return instant.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE)) ? Long.MAX_VALUE : instant.toEpochMilli();
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }
}

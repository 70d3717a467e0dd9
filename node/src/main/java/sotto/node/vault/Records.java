package sotto.node.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mapdb.DataInput2;
import org.mapdb.DataOutput2;
import org.mapdb.Serializer;
import org.mapdb.StoreDirect;
import org.mapdb.volume.VolumeFactory;
import sotto.libp2p.bytes.Bytes;

/**
 * MapDB's record store on the sealed volume: runs of bytes by a number that MapDB gives, all of them whole units, so that one of
 * a single unit lies in a single page. The old bytes of a record are zeroed before MapDB may give their space to another, because
 * it leaves them there. Confined to the vault's thread.
 */
final class Records {
    /** What a record takes, or a multiple of it. */
    static final int UNIT_BYTES = SealedVolume.BLOCK_BYTES;

    private static final boolean NO = false;

    private final SealedVolume volume;
    private final StoreDirect store;

    /** Opens the store that is on {@code volume}, or makes one if the volume is empty. */
    Records(SealedVolume volume) {
        this.volume = volume;
        VolumeFactory factory = VolumeFactory.wrap(volume, volume.length() > 0);
        // No checksums: the seal beneath says more. No locks: one thread is here.
        store = StoreDirect.Companion.make(null, factory, 0, NO, NO, 0, 1L << 20, 0, NO, NO, NO, NO, NO);
    }

    /** A number for a record to come. */
    long reserve() {
        return store.preallocate();
    }

    /** Puts {@code value} behind its size. */
    long put(Bytes value) {
        return store.put(padded(value), Serializer.BYTE_ARRAY_NOSIZE);
    }

    /** Replaces what {@link #put} put. */
    void update(long number, Bytes value) {
        update(number, padded(value));
    }

    /** What {@link #put} put. */
    Bytes value(long number) {
        byte[] record = get(number);
        int sizeBytes = ByteBuffer.wrap(record).getInt();
        return Bytes.owning(Arrays.copyOfRange(record, Integer.BYTES, Integer.BYTES + sizeBytes));
    }

    private static byte[] padded(Bytes value) {
        int units = (Integer.BYTES + value.size() + UNIT_BYTES - 1) / UNIT_BYTES;
        return ByteBuffer.allocate(units * UNIT_BYTES)
                .putInt(value.size())
                .put(value.asByteBuffer())
                .array();
    }

    /** A whole record. */
    byte[] get(long number) {
        byte[] record = store.get(number, Serializer.BYTE_ARRAY_NOSIZE);
        if (record == null) {
            throw new IllegalStateException("record " + number + " was reserved and never put");
        }
        return record;
    }

    /** Replaces a whole record, or puts a reserved one. {@code record} has whole units. */
    void update(long number, byte[] record) {
        RecordRanges old = ranges(number);
        if (!old.isOneOf(record.length)) {
            zero(old);
        }
        store.update(number, record, Serializer.BYTE_ARRAY_NOSIZE);
    }

    void delete(long number) {
        zero(ranges(number));
        store.delete(number, Serializer.BYTE_ARRAY_NOSIZE);
    }

    /** Gives a number back that was reserved and never put; MapDB would forget it if the record were still void. */
    void release(long number) {
        store.update(number, new byte[UNIT_BYTES], Serializer.BYTE_ARRAY_NOSIZE);
        store.delete(number, Serializer.BYTE_ARRAY_NOSIZE);
    }

    private RecordRanges ranges(long number) {
        RecordRanges ranges = new RecordRanges();
        volume.setProbe(ranges);
        try {
            store.get(number, NOT_READ);
        } finally {
            volume.setProbe(null);
        }
        return ranges;
    }

    private void zero(RecordRanges old) {
        old.ranges().forEach(range -> volume.clear(range.offset(), range.offset() + range.sizeBytes()));
    }

    /** Asks for a record without looking at it. */
    private static final Serializer<Object> NOT_READ = new Serializer<>() {
        @Override
        public void serialize(DataOutput2 out, Object nothing) {
            throw new UnsupportedOperationException("for reading only");
        }

        @Override
        public @Nullable Object deserialize(DataInput2 in, int sizeBytes) throws IOException {
            return null;
        }
    };
}

package sotto.node.vault;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.mapdb.DataInput2;
import org.mapdb.DataOutput2;
import org.mapdb.Serializer;
import org.mapdb.StoreDirect;
import org.mapdb.volume.VolumeFactory;

/**
 * MapDB's record store on the sealed volume: runs of bytes by a number that MapDB gives. The old bytes of a record are zeroed
 * before MapDB may give their space to another, because it leaves them there. Confined to the vault's thread.
 */
final class Records {
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

    long put(byte[] record) {
        return store.put(record, Serializer.BYTE_ARRAY_NOSIZE);
    }

    byte[] get(long number) {
        byte[] record = store.get(number, Serializer.BYTE_ARRAY_NOSIZE);
        if (record == null) {
            throw new IllegalStateException("record " + number + " was reserved and never put");
        }
        return record;
    }

    /** Replaces a record, or puts a reserved one. */
    void update(long number, byte[] record) {
        zero(number);
        store.update(number, record, Serializer.BYTE_ARRAY_NOSIZE);
    }

    void delete(long number) {
        zero(number);
        store.delete(number, Serializer.BYTE_ARRAY_NOSIZE);
    }

    /** Gives a number back that was reserved and never put; MapDB would forget it if the record were still void. */
    void release(long number) {
        store.update(number, new byte[1], Serializer.BYTE_ARRAY_NOSIZE);
        store.delete(number, Serializer.BYTE_ARRAY_NOSIZE);
    }

    private void zero(long number) {
        RecordRanges ranges = new RecordRanges();
        volume.setProbe(ranges);
        try {
            store.get(number, NOT_READ);
        } finally {
            volume.setProbe(null);
        }
        ranges.ranges().forEach(range -> volume.clear(range.offset(), range.offset() + range.sizeBytes()));
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

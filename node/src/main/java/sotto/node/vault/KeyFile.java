package sotto.node.vault;

import static sotto.node.vault.KeyRecord.PLACE_BYTES;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;

/**
 * The key file: two places for a record. A new record goes into the place that is free, the old one is then overwritten where
 * it lies: renaming a new file over it would leave its bytes behind. The last sector of a place is for the {@link HeaderWitness},
 * which comes and goes with the record. Confined to one thread.
 */
final class KeyFile implements Closeable {
    /** Where a place's witness is, behind the longest record. */
    private static final int WITNESS_OFFSET = PLACE_BYTES - VaultFormat.SECTOR_BYTES;

    private final DiskFile file;
    private final Crypto crypto;
    private final RandomStream random;

    KeyFile(DiskFile file, Crypto crypto, RandomStream random) {
        this.file = file;
        this.crypto = crypto;
        this.random = random;
    }

    /**
     * The whole records there are: one, or two while a change is under way.
     *
     * @throws VaultException if there is none, or one of a later version
     */
    Map<Place, KeyRecord> records() throws IOException, VaultException {
        Map<Place, KeyRecord> records = new EnumMap<>(Place.class);
        for (Place place : Place.values()) {
            KeyRecord.decoded(read(place), crypto).ifPresent(record -> records.put(place, record));
        }
        if (records.isEmpty()) {
            throw new VaultException(VaultException.Kind.DAMAGED, "the key file is damaged");
        }
        return records;
    }

    /** Fills an empty file, {@code record} in its first place; durable once this returns. */
    void create(KeyRecord record, byte[] witness) throws IOException {
        file.write(Place.A.offset(), whole(record, witness));
        file.write(Place.B.offset(), random.bytes(PLACE_BYTES));
        file.sync(SyncPoint.CREATED_KEYS);
    }

    /** Writes {@code record}, and {@code witness} beside it; durable once this returns. */
    void write(Place place, KeyRecord record, byte[] witness) throws IOException {
        file.write(place.offset(), whole(record, witness));
        file.sync(SyncPoint.KEY_RECORD);
    }

    /** The sealed witness in {@code place}, or whatever lies there. */
    byte[] witness(Place place) throws IOException {
        byte[] sealed = new byte[HeaderWitness.SEALED_BYTES];
        file.read(place.offset() + WITNESS_OFFSET, sealed);
        return sealed;
    }

    /** Replaces the witness in {@code place}; durable once this returns. */
    void writeWitness(Place place, byte[] witness) throws IOException {
        file.write(place.offset() + WITNESS_OFFSET, witness);
        file.sync(SyncPoint.WITNESS);
    }

    /** Overwrites {@code place} with random bytes; durable once this returns. */
    void wipe(Place place) throws IOException {
        file.write(place.offset(), random.bytes(PLACE_BYTES));
        file.sync(SyncPoint.KEY_WIPED);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private byte[] whole(KeyRecord record, byte[] witness) {
        byte[] place = record.encoded(crypto, random);
        System.arraycopy(witness, 0, place, WITNESS_OFFSET, witness.length);
        return place;
    }

    private Bytes read(Place place) throws IOException, VaultException {
        byte[] bytes = new byte[PLACE_BYTES];
        try {
            file.read(place.offset(), bytes);
        } catch (EOFException shortened) {
            throw new VaultException(VaultException.Kind.DAMAGED, "the key file is too short", shortened);
        }
        return Bytes.owning(bytes);
    }

    /** Where a record may be. */
    enum Place {
        A(0),
        B(1);

        private final int number;

        Place(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        Place other() {
            return this == A ? B : A;
        }

        long offset() {
            return (long) number * PLACE_BYTES;
        }
    }
}

package sotto.node.vault;

import static sotto.node.vault.VaultFormat.FILE_ID_BYTES;
import static sotto.node.vault.VaultFormat.KEYS_MAGIC;
import static sotto.node.vault.VaultFormat.KEY_BYTES;
import static sotto.node.vault.VaultFormat.MAGIC_BYTES;
import static sotto.node.vault.VaultFormat.NONCE_BYTES;
import static sotto.node.vault.VaultFormat.TAG_BYTES;
import static sotto.node.vault.VaultFormat.VERSION;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;

/**
 * One whole record of the key file, as bytes: magic, version ‖ file id ‖ generation ‖ count and lock slots ‖ sealed root ‖ MAC ‖
 * checksum. The checksum, which anybody can compute, only tells a record from what is none: so damage is not taken for a wrong
 * passphrase. The MAC is what is trusted, once the unlock key is known.
 */
record KeyRecord(Bytes fileId, long generation, List<LockSlot> slots, Bytes sealedRoot, Bytes mac) {
    /** What a place in the file takes. */
    static final int PLACE_BYTES = 16_384;

    static final int SLOTS_MAX = 8;

    /** Root key, its generation, and whether it is yet to be replaced. */
    static final int ROOT_BYTES = KEY_BYTES + Long.BYTES + 1;

    private static final int SEALED_ROOT_BYTES = NONCE_BYTES + ROOT_BYTES + TAG_BYTES;
    private static final int MAC_BYTES = Crypto.HASH_BYTES;

    KeyRecord {
        if (slots.isEmpty() || slots.size() > SLOTS_MAX) {
            throw new IllegalArgumentException("a key record has 1 to " + SLOTS_MAX + " locks, not " + slots.size());
        }
        slots = List.copyOf(slots);
    }

    /** All that the MAC covers. */
    Bytes maced() {
        ByteWriter out = new ByteWriter();
        out.raw(KEYS_MAGIC).u8(VERSION).raw(fileId).u64(generation).u8(slots.size());
        slots.forEach(slot -> slot.write(out));
        return out.raw(sealedRoot).toBytes();
    }

    /** A whole place: this record, and random bytes behind it. */
    byte[] encoded(Crypto crypto, RandomStream random) {
        Bytes body = Bytes.concat(maced(), mac);
        Bytes record = Bytes.concat(body, crypto.sha256(body));
        byte[] place = random.bytes(PLACE_BYTES);
        record.copyTo(place, 0);
        return place;
    }

    KeyRecord withMac(Bytes mac) {
        return new KeyRecord(fileId, generation, slots, sealedRoot, mac);
    }

    /**
     * The record in {@code place}; empty if none is there whole.
     *
     * @throws VaultException if it is of a later version
     */
    static Optional<KeyRecord> decoded(Bytes place, Crypto crypto) throws VaultException {
        if (!place.startsWith(KEYS_MAGIC)) {
            return Optional.empty();
        }
        int version = place.at(MAGIC_BYTES) & 0xff;
        if (version > VERSION) {
            throw new VaultException(
                    VaultException.Kind.NEWER_VERSION,
                    "the key file has version " + version + ", this program knows " + VERSION);
        }
        try {
            return read(place, crypto);
        } catch (WireException impossible) {
            return Optional.empty();
        }
    }

    private static Optional<KeyRecord> read(Bytes place, Crypto crypto) throws WireException {
        ByteReader in = new ByteReader(place);
        in.raw(MAGIC_BYTES + 1);
        Bytes fileId = in.raw(FILE_ID_BYTES);
        long generation = in.u64();
        int count = in.u8();
        if (count < 1 || count > SLOTS_MAX) {
            return Optional.empty();
        }
        List<LockSlot> slots = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            slots.add(LockSlot.read(in));
        }
        KeyRecord record = new KeyRecord(fileId, generation, slots, in.raw(SEALED_ROOT_BYTES), in.raw(MAC_BYTES));
        Bytes checksum = crypto.sha256(place.slice(0, place.size() - in.remaining()));
        return checksum.equals(in.raw(Crypto.HASH_BYTES)) ? Optional.of(record) : Optional.empty();
    }
}

package sotto.node.vault;

import java.io.Closeable;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.vault.KeyFile.Place;
import sotto.node.wire.Label;

/**
 * The key file of an open vault: the unlock key, the root it seals, and the place where the record that counts is. One change at
 * a time, in two steps: the new record is durable before the old one goes. Confined to one thread.
 */
final class KeyRing implements Closeable {
    private final KeyFile file;
    private final Crypto crypto;
    private final RandomStream random;
    private Place place;
    private KeyRecord record;
    private SecretBytes unlockKey;
    private RootKey root;

    KeyRing(KeyFile file, Tools tools, Place place, Opened opened) {
        this.file = file;
        this.crypto = tools.crypto();
        this.random = tools.random();
        this.place = place;
        this.record = opened.record();
        this.unlockKey = opened.unlockKey();
        this.root = opened.root();
    }

    RootKey root() {
        return root;
    }

    Bytes fileId() {
        return record.fileId();
    }

    List<LockSlot> slots() {
        return record.slots();
    }

    /** Puts a new root into the free place, durably. What is sealed from now on is sealed under it. */
    void beginRotation(long headerGeneration) throws IOException {
        RootKey old = root;
        RootKey fresh = new RootKey(newKey(), root.generation() + 1, false);
        replace(record.slots(), unlockKey, fresh, headerGeneration);
        old.close();
    }

    /** Puts the same root, for now, behind other locks and another unlock key, and ends the old ones. */
    void changeLocks(List<LockSlot> slots, SecretBytes newUnlockKey, long headerGeneration) throws IOException {
        SecretBytes oldUnlockKey = unlockKey;
        RootKey same = new RootKey(root.key(), root.generation(), true);
        replace(slots, newUnlockKey, same, headerGeneration);
        wipeSpare();
        oldUnlockKey.close();
    }

    /** Overwrites the place that does not count, durably: the old record, or what a crash left there. */
    void wipeSpare() throws IOException {
        file.wipe(place.other());
    }

    /** Notes, durably, that the main file has a header of that generation: from now on none before it is taken for the newest. */
    void witness(long headerGeneration) throws IOException {
        file.writeWitness(place, new HeaderWitness(record.fileId(), root).sealed(headerGeneration, place, random));
    }

    private void replace(List<LockSlot> slots, SecretBytes newUnlockKey, RootKey newRoot, long headerGeneration)
            throws IOException {
        Sealing sealing = new Sealing(new Tools(crypto, random), newUnlockKey, place.other());
        KeyRecord next = sealing.record(record.fileId(), record.generation() + 1, slots, newRoot);
        place = place.other();
        file.write(place, next, new HeaderWitness(next.fileId(), newRoot).sealed(headerGeneration, place, random));
        record = next;
        unlockKey = newUnlockKey;
        root = newRoot;
    }

    private SecretBytes newKey() {
        return SecretBytes.random(VaultFormat.KEY_BYTES, random);
    }

    @Override
    public void close() throws IOException {
        unlockKey.close();
        root.close();
        file.close();
    }

    /** What all of this works with. */
    record Tools(Crypto crypto, RandomStream random) {}

    /** A record with what its lock gave. */
    record Opened(KeyRecord record, SecretBytes unlockKey, RootKey root) implements Closeable {
        /** Wipes both keys, where no ring goes on with them. */
        @Override
        public void close() {
            root.close();
            unlockKey.close();
        }
    }

    /** Seals and opens the root of a record in one place. */
    static final class Sealing {
        private final Tools tools;
        private final SecretBytes unlockKey;
        private final Place place;
        private final PageCipher cipher = new PageCipher();

        Sealing(Tools tools, SecretBytes unlockKey, Place place) {
            this.tools = tools;
            this.unlockKey = unlockKey;
            this.place = place;
        }

        KeyRecord record(Bytes fileId, long generation, List<LockSlot> slots, RootKey root) {
            byte[] data = associatedData(fileId, generation);
            byte[] plaintext = root.encoded();
            byte[] sealed = unlockKey.use(key -> cipher.sealWithNonce(key, tools.random(), data, plaintext));
            Arrays.fill(plaintext, (byte) 0);
            KeyRecord unsigned = new KeyRecord(fileId, generation, slots, Bytes.owning(sealed), Bytes.EMPTY);
            return unsigned.withMac(mac(unsigned));
        }

        /** The root in {@code record}, if its MAC and its seal are authentic. */
        Optional<RootKey> root(KeyRecord record) {
            if (!MessageDigest.isEqual(mac(record).toArray(), record.mac().toArray())) {
                return Optional.empty();
            }
            byte[] data = associatedData(record.fileId(), record.generation());
            return unlockKey.use(key -> opened(key, data, record.sealedRoot())).map(RootKey::decoded);
        }

        private Optional<byte[]> opened(byte[] key, byte[] data, Bytes sealed) {
            byte @Nullable [] plaintext = cipher.openWithNonce(key, data, sealed.toArray());
            return Optional.ofNullable(plaintext);
        }

        private Bytes mac(KeyRecord record) {
            try (SecretBytes key =
                    tools.crypto().hkdf(unlockKey, Bytes.EMPTY, Label.VAULT_RECORD_MAC.over(), VaultFormat.KEY_BYTES)) {
                return tools.crypto().hmacSha256(key, record.maced());
            }
        }

        private byte[] associatedData(Bytes fileId, long generation) {
            Bytes where = new ByteWriter().u8(place.number()).u64(generation).toBytes();
            return Label.VAULT_ROOT.over(fileId, where).toArray();
        }
    }
}

package sotto.node.vault;

import static sotto.node.vault.VaultFormat.FILE_ID_BYTES;
import static sotto.node.vault.VaultFormat.MAGIC_BYTES;
import static sotto.node.vault.VaultFormat.MAIN_MAGIC;
import static sotto.node.vault.VaultFormat.SLOT_BYTES;
import static sotto.node.vault.VaultFormat.VERSION;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;

/**
 * The two headers in the main file, written in turns: magic, version ‖ file id ‖ nonce ‖ sealed {@link Header}, bound to all
 * that stands before it and to its slot. Confined to one thread.
 */
final class HeaderSlots {
    private static final int CLEAR_BYTES = MAGIC_BYTES + 1 + FILE_ID_BYTES;

    private final DiskFile main;
    private final Bytes fileId;
    private final PageCipher cipher = new PageCipher();

    HeaderSlots(DiskFile main, Bytes fileId) {
        this.main = main;
        this.fileId = fileId;
    }

    /** Which header a generation is written to; two in a row never share one. */
    static int slotOf(long generation) {
        return generation % 2 == 0 ? Slots.HEADER_A : Slots.HEADER_B;
    }

    /** Writes {@code header} to the slot of its generation; the caller syncs. */
    void write(Header header, byte[] rootKey, RandomStream random) throws IOException {
        int slot = slotOf(header.generation());
        byte[] sealed = cipher.sealWithNonce(rootKey, random, associatedData(slot), header.encoded());
        byte[] whole = ByteBuffer.allocate(SLOT_BYTES).put(clear()).put(sealed).array();
        main.write(Slots.offset(slot), whole);
    }

    /** The header in {@code slot}, if the root opens it. */
    Optional<Header> read(int slot, byte[] rootKey) throws IOException {
        byte[] whole = new byte[SLOT_BYTES];
        main.read(Slots.offset(slot), whole);
        byte[] sealed = Arrays.copyOfRange(whole, CLEAR_BYTES, SLOT_BYTES);
        return Optional.ofNullable(cipher.openWithNonce(rootKey, associatedData(slot), sealed))
                .map(Header::decoded);
    }

    /**
     * Refuses a main file of a later version, which need not look like ours behind the magic.
     *
     * @throws VaultException if either header says so
     */
    void checkVersion() throws IOException, VaultException {
        byte[] clear = new byte[MAGIC_BYTES + 1];
        for (int slot : new int[] {Slots.HEADER_A, Slots.HEADER_B}) {
            main.read(Slots.offset(slot), clear);
            int version = clear[MAGIC_BYTES] & 0xff;
            if (Bytes.copyOf(clear).startsWith(MAIN_MAGIC) && version > VERSION) {
                throw new VaultException(
                        VaultException.Kind.NEWER_VERSION,
                        "the vault has version " + version + ", this program knows " + VERSION);
            }
        }
    }

    private byte[] clear() {
        return ByteBuffer.allocate(CLEAR_BYTES)
                .put(MAIN_MAGIC.asByteBuffer())
                .put((byte) VERSION)
                .put(fileId.asByteBuffer())
                .array();
    }

    private byte[] associatedData(int slot) {
        return ByteBuffer.allocate(CLEAR_BYTES + 1)
                .put(clear())
                .put((byte) slot)
                .array();
    }
}

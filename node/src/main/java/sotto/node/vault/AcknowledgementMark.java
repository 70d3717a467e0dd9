package sotto.node.vault;

import static sotto.node.vault.VaultFormat.NONCE_BYTES;
import static sotto.node.vault.VaultFormat.TAG_BYTES;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import sotto.libp2p.bytes.Bytes;

/**
 * The last commit that was acknowledged, kept in the main file under the journal's key: a journal that does not reach it lost
 * commits after they were durable. Its first writing after a checkpoint is synced, later ones need not be: losing one only
 * weakens the check. It fits into one sector, so it is never half written. Confined to one thread.
 */
final class AcknowledgementMark {
    private static final int SEALED_BYTES = NONCE_BYTES + Long.BYTES + TAG_BYTES;

    private final DiskFile main;
    private final byte[] associatedData;
    private final PageCipher cipher = new PageCipher();

    AcknowledgementMark(DiskFile main, Bytes fileId) {
        this.main = main;
        this.associatedData = VaultFormat.associatedData(fileId, Region.MARK, 0);
    }

    void write(long commit, byte[] journalKey, RandomStream random) throws IOException {
        byte[] plaintext = ByteBuffer.allocate(Long.BYTES).putLong(commit).array();
        main.write(Slots.offset(Slots.MARK), cipher.sealWithNonce(journalKey, random, associatedData, plaintext));
    }

    /** Empty if nothing was acknowledged under this key. */
    OptionalLong read(byte[] journalKey) throws IOException {
        byte[] sealed = new byte[SEALED_BYTES];
        main.read(Slots.offset(Slots.MARK), sealed);
        byte[] plaintext = cipher.openWithNonce(journalKey, associatedData, sealed);
        return plaintext == null
                ? OptionalLong.empty()
                : OptionalLong.of(ByteBuffer.wrap(plaintext).getLong());
    }
}

package sotto.node.vault;

import static sotto.node.vault.VaultFormat.NONCE_BYTES;
import static sotto.node.vault.VaultFormat.TAG_BYTES;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;

/**
 * The last commit that was acknowledged, kept in the main file under the journal's key: a journal that does not reach it lost
 * commits after they were durable. Each header has a mark of its own, durable before the header is, so a mark that does not open
 * was tampered with. The first commit's after a checkpoint is synced, later ones need not be: losing one only weakens the check.
 * A mark fits into one sector, so it is never half written. Confined to one thread.
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

    /** Writes that {@code commit} is the last under the journal key of {@code header}; the caller syncs where it must. */
    void write(long commit, Header header, RandomStream random) throws IOException {
        byte[] plaintext = ByteBuffer.allocate(Long.BYTES).putLong(commit).array();
        byte[] key = header.journalKey().sealing();
        main.write(offset(header), cipher.sealWithNonce(key, random, associatedData, plaintext));
    }

    /**
     * The last commit known to have been acknowledged under the journal key of {@code header}.
     *
     * @throws VaultException if the mark is not authentic
     */
    long read(Header header) throws IOException, VaultException {
        byte[] sealed = new byte[SEALED_BYTES];
        main.read(offset(header), sealed);
        byte @Nullable [] plaintext = cipher.openWithNonce(header.journalKey().sealing(), associatedData, sealed);
        if (plaintext == null) {
            throw VaultExceptions.damaged("the vault's mark of its last commit is not authentic");
        }
        return ByteBuffer.wrap(plaintext).getLong();
    }

    /** Two headers in a row have different sectors, so that the mark of the next one leaves that of the present one alone. */
    private static long offset(Header header) {
        return Slots.offset(Slots.MARKS) + header.generation() % 2 * VaultFormat.SECTOR_BYTES;
    }
}

package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.VirtualLoop;

/** Proves that a change of the passphrase leaves the data where it lies, and that no old root opens anything afterwards. */
class PassphraseChangeTest {
    private static final int MESSAGES = 2_000;

    /** The public keys of the new lock, their leaf, and what MapDB notes about the one record that comes and the one that goes. */
    private static final int PAGES_OF_THE_LOCK_MAX = 8;

    private final LossyDisk disk = new LossyDisk();
    private final VirtualLoop loop = VirtualLoop.seeded(3);

    @Test
    void rewritesNoDataPageAndReplacesTheRoot() throws Exception {
        Vault vault = TestVaults.on(disk, loop).create(TestVaults.passphrase("old"));
        for (int message = 0; message < MESSAGES; message++) {
            Bytes key = Bytes.utf8("message-" + message);
            vault.write(transaction -> transaction.table("messages").put(key, Bytes.owning(new byte[200])));
        }
        loop.advance(VaultLimits.IDLE_BEFORE_CHECKPOINT.multipliedBy(2));
        byte[] before = disk.bytes(VaultFileName.MAIN);
        LossyDisk copy = disk.copy();

        CompletableFuture<Void> changed = vault.changePassphrase(
                        TestVaults.passphrase("old"), TestVaults.passphrase("new"))
                .toCompletableFuture();
        loop.runUntilIdle();
        assertTrue(changed.isDone() && !changed.isCompletedExceptionally());
        vault.close();

        byte[] after = disk.bytes(VaultFileName.MAIN);
        int pages = 0;
        int rewritten = 0;
        for (int page = 0; Slots.offset(Slots.of(Region.DATA, page) + 1) <= before.length; page++) {
            pages++;
            rewritten += Arrays.equals(slot(before, page), slot(after, page)) ? 0 : 1;
        }
        assertTrue(pages > MESSAGES / 20, "only " + pages + " pages, so nothing was proven");
        assertTrue(rewritten <= PAGES_OF_THE_LOCK_MAX, rewritten + " of " + pages + " pages were rewritten");
        assertNoHeaderOpensWithTheOldKeyFile(copy);
    }

    /** The key file as it was, beside the main file as it is. */
    private void assertNoHeaderOpensWithTheOldKeyFile(LossyDisk old) {
        LossyDisk mixed = disk.copy();
        mixed.put(VaultFileName.KEYS, old.bytes(VaultFileName.KEYS));
        VaultException refused = assertThrows(
                VaultException.class,
                () -> TestVaults.on(mixed, VirtualLoop.seeded(4)).open(TestVaults.passphrase("old")));
        assertEquals(VaultException.Kind.DAMAGED, refused.kind());
    }

    private static byte[] slot(byte[] main, int page) {
        int from = (int) Slots.offset(Slots.of(Region.DATA, page));
        return Arrays.copyOfRange(main, from, from + VaultFormat.SLOT_BYTES);
    }
}

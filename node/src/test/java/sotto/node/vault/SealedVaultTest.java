package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.VirtualLoop;

/** Proves what the door of the vault promises: transactions, their order, and that they are there after closing. */
class SealedVaultTest {
    private final VirtualLoop loop = VirtualLoop.seeded(1);
    private final List<VaultException> failures = new ArrayList<>();

    @TempDir
    Path home;

    @Test
    void keepsWhatWasWrittenOverAClose() throws Exception {
        try (Vault vault = TestVaults.create(home, loop)) {
            vault.write(transaction -> transaction.table("words").put(Bytes.utf8("a"), Bytes.utf8("one")));
        }
        try (Vault vault = TestVaults.open(home, loop)) {
            assertEquals(Optional.of(Bytes.utf8("one")), get(vault, "words", "a"));
        }
    }

    @Test
    void keepsWhatWasCommittedWithoutAClose() throws Exception {
        Vault vault = TestVaults.create(home, loop);
        List<String> order = new ArrayList<>();
        CompletableFuture<Void> first = vault.write(transaction -> {
                    transaction.table("words").put(Bytes.utf8("a"), Bytes.utf8("one"));
                    transaction.afterCommit(() -> order.add("after one"));
                })
                .thenRun(() -> order.add("one"))
                .toCompletableFuture();
        vault.write(transaction -> transaction.table("words").put(Bytes.utf8("b"), Bytes.owning(new byte[100_000])))
                .thenRun(() -> order.add("two"));
        assertFalse(first.isDone());
        assertEquals(List.of(), order, "something ran before its commit was durable");
        loop.runUntilIdle();
        assertEquals(List.of("after one", "one", "two"), order);
        assertTrue(first.isDone());
        VaultException inUse = assertThrows(VaultException.class, () -> TestVaults.open(home, loop));
        assertEquals(VaultException.Kind.IN_USE, inUse.kind());
        vault.close();
    }

    @Test
    void reportsADamagedPageThatAReadFinds() throws Exception {
        LossyDisk disk = new LossyDisk();
        try (Vault vault = start(disk).create(TestVaults.passphrase(""))) {
            vault.write(transaction -> transaction.table("words").put(Bytes.utf8("a"), Bytes.owning(new byte[50_000])));
        }
        int found = 0;
        for (int at = 0; at < disk.bytes(VaultFileName.MAIN).length; at += VaultFormat.SLOT_BYTES) {
            LossyDisk flipped = disk.copy();
            byte[] main = flipped.bytes(VaultFileName.MAIN);
            main[at + VaultFormat.SLOT_BYTES / 2] ^= 1;
            flipped.put(VaultFileName.MAIN, main);
            // An opening that fails may report what it threw.
            loop.runUntilIdle();
            failures.clear();
            try (Vault vault = start(flipped).open(TestVaults.passphrase(""))) {
                found += isFoundByARead(vault) ? 1 : 0;
            } catch (VaultException foundByOpening) {
                assertEquals(VaultException.Kind.DAMAGED, foundByOpening.kind());
            }
        }
        assertTrue(found > 0, "no flip was found by a read");
    }

    private VaultStart start(VaultDisk disk) {
        return new VaultStart(
                disk,
                new VaultEnvironment(loop, TestVaults.CRYPTO, VaultThreads.none(), TestVaults.SETTINGS, failures::add));
    }

    /** True if a read fails, which it then must report. */
    private boolean isFoundByARead(Vault vault) {
        try {
            get(vault, "words", "a");
            return false;
        } catch (UncheckedVaultException damaged) {
            loop.runUntilIdle();
            assertEquals(1, failures.size());
            assertEquals(damaged.reason(), failures.get(0));
            return true;
        }
    }

    private static Optional<Bytes> get(Vault vault, String table, String key) {
        return vault.read(tables -> tables.table(table).get(Bytes.utf8(key)));
    }
}

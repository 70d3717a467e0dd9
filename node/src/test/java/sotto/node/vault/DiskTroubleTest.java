package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.node.vault.VaultException.Kind;

/**
 * Proves that a disk that refuses to write or to sync, once and at any moment, fails what is under way with one clear error, that
 * the vault tries nothing more then, and that opening again finds all that was acknowledged. What was written and not synced
 * when the refusal came may be lost, as the kernel drops it when a sync fails.
 */
class DiskTroubleTest {
    private static final Bytes COUNTER = Bytes.utf8("counter");
    private static final int COMMITS = 45;
    private static final int ROWS = 7;
    /** More than the journal of a test vault has. */
    private static final int LARGE_BYTES = 600_000;

    private final List<CompletableFuture<Void>> outcomes = new ArrayList<>();
    private String passphrase = "first";
    private long acknowledged;

    @Test
    void survivesARefusalAtAnyMoment() throws Exception {
        int moment = 0;
        while (refuseAt(moment)) {
            moment++;
        }
        assertTrue(moment > 150, "only " + moment + " moments, so little was proven");
    }

    @Test
    void isMadeAnewWhereItsMakingWasRefused() throws Exception {
        int moment = 0;
        boolean isRefused = true;
        while (isRefused) {
            RandomGenerator random = new SplittableRandom(moment);
            LossyDisk lossy = new LossyDisk();
            FailingDisk disk = new FailingDisk(lossy, moment);
            try {
                TestVaults.on(disk, VirtualLoop.seeded(1))
                        .create(TestVaults.passphrase(""))
                        .close();
            } catch (VaultException refused) {
                assertEquals(Kind.IO, refused.kind(), "refused at " + moment);
            }
            isRefused = disk.hasRefused();
            assertEquals(0, disk.afterRefusal(), "went on after the refusal at " + moment);
            lossy.powerOn(random, random.nextDouble());
            makeOrOpen(lossy).close();
            moment++;
        }
        assertTrue(moment > 15, "only " + moment + " moments, so little was proven");
    }

    private static Vault makeOrOpen(VaultDisk disk) throws VaultException {
        VaultStart start = TestVaults.on(disk, VirtualLoop.seeded(1));
        try {
            return start.open(TestVaults.passphrase(""));
        } catch (VaultException absent) {
            assertEquals(Kind.ABSENT, absent.kind());
            return start.create(TestVaults.passphrase(""));
        }
    }

    /** False if the whole history went by without a refusal. */
    private boolean refuseAt(int moment) throws Exception {
        RandomGenerator random = new SplittableRandom(moment);
        LossyDisk lossy = new LossyDisk();
        outcomes.clear();
        passphrase = "first";
        acknowledged = 0;
        VirtualLoop loop = VirtualLoop.seeded(moment);
        TestVaults.on(lossy, loop).create(TestVaults.passphrase(passphrase)).close();
        FailingDisk disk = new FailingDisk(lossy, moment);
        try {
            Vault vault = TestVaults.on(disk, loop).open(TestVaults.passphrase(passphrase));
            live(vault, loop);
            if (disk.hasRefused()) {
                assertRefuses(vault, moment);
            }
            vault.close();
            loop.runUntilIdle();
        } catch (VaultException refusedToOpen) {
            assertEquals(Kind.IO, refusedToOpen.kind());
        }
        assertEquals(0, disk.afterRefusal(), "went on after the refusal at " + moment);
        checkOutcomes(disk.hasRefused(), moment);

        lossy.powerOn(random, random.nextDouble());
        reopenThroughMoreTrouble(lossy, random);
        check(lossy, moment);
        return disk.hasRefused();
    }

    private void live(Vault vault, VirtualLoop loop) {
        try {
            for (long number = 1; number <= COMMITS; number++) {
                commit(vault, number);
                loop.runUntilIdle();
                if (number == 15) {
                    outcomes.add(vault.erase().toCompletableFuture());
                } else if (number == 30) {
                    outcomes.add(vault.changePassphrase(TestVaults.passphrase("first"), TestVaults.passphrase("second"))
                            .toCompletableFuture());
                } else if (number == 40) {
                    loop.advance(VaultLimits.IDLE_BEFORE_CHECKPOINT.multipliedBy(2));
                }
                loop.runUntilIdle();
            }
        } catch (UncheckedVaultException closed) {
            assertEquals(Kind.IO, closed.reason().kind());
        }
    }

    private void commit(Vault vault, long number) {
        outcomes.add(vault.write(transaction -> {
                    transaction.table("t").put(row(number), value(number));
                    transaction.table("t").put(COUNTER, value(number).slice(0, Long.BYTES));
                })
                .thenRun(() -> acknowledged = number)
                .toCompletableFuture());
    }

    private static Bytes row(long number) {
        return Bytes.utf8("row" + number % ROWS);
    }

    private static Bytes value(long number) {
        int sizeBytes = number == 35 ? LARGE_BYTES : 1_000;
        return Bytes.owning(ByteBuffer.allocate(sizeBytes).putLong(number).array());
    }

    private static void assertRefuses(Vault vault, int moment) {
        UncheckedVaultException closed = assertThrows(
                UncheckedVaultException.class,
                () -> vault.write(transaction -> transaction.table("t").remove(COUNTER)),
                "still open after the refusal at " + moment);
        assertEquals(Kind.IO, closed.reason().kind());
        assertThrows(
                UncheckedVaultException.class,
                () -> vault.read(tables -> tables.table("t").get(COUNTER)));
    }

    /** All is done, and what failed says that it was the disk. */
    private void checkOutcomes(boolean isRefused, int moment) {
        for (CompletableFuture<Void> outcome : outcomes) {
            assertTrue(outcome.isDone(), "somebody still waits after the refusal at " + moment);
            if (outcome.isCompletedExceptionally()) {
                assertTrue(isRefused);
                CompletionException failure = assertThrows(CompletionException.class, outcome::join);
                assertEquals(
                        Kind.IO,
                        assertThrows(VaultException.class, () -> {
                                    throw failure.getCause();
                                })
                                .kind());
            }
        }
    }

    /** Opening refuses as well where the disk does, and changes nothing that the next one needs. */
    private void reopenThroughMoreTrouble(LossyDisk lossy, RandomGenerator random) {
        FailingDisk disk = new FailingDisk(lossy, random.nextInt(12));
        try {
            open(disk).close();
        } catch (VaultException refused) {
            assertEquals(Kind.IO, refused.kind());
            assertTrue(disk.hasRefused());
        }
        lossy.powerOn(random, random.nextDouble());
    }

    private void check(LossyDisk lossy, int moment) throws VaultException {
        try (Vault vault = open(lossy)) {
            long found = vault.read(tables -> tables.table("t").get(COUNTER))
                    .map(counter -> counter.asByteBuffer().getLong())
                    .orElse(0L);
            assertTrue(
                    found >= acknowledged && found <= COMMITS,
                    "after the refusal at " + moment + ": acknowledged " + acknowledged + ", found " + found);
            for (long number = Math.max(1, found - ROWS + 1); number <= found; number++) {
                Bytes row = row(number);
                assertEquals(
                        Optional.of(value(number)),
                        vault.read(tables -> tables.table("t").get(row)));
            }
        }
    }

    /** With the passphrase that opens: the change may have been durable when it failed. */
    private Vault open(VaultDisk disk) throws VaultException {
        try {
            return TestVaults.on(disk, VirtualLoop.seeded(1)).open(TestVaults.passphrase(passphrase));
        } catch (VaultException refused) {
            if (refused.kind() != Kind.WRONG_PASSPHRASE) {
                throw refused;
            }
            passphrase = "second";
            return TestVaults.on(disk, VirtualLoop.seeded(1)).open(TestVaults.passphrase(passphrase));
        }
    }
}

package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.node.api.Passphrase;

/** Proves what every vault promises about its end: what closes it, what is durable then, and what it still does. */
public abstract class VaultContract {
    private static final Bytes KEY = Bytes.utf8("key");
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    protected final VirtualLoop loop = VirtualLoop.seeded(1);
    /** What the vaults that {@link #open} gave have reported. */
    protected final List<VaultException> failures = new ArrayList<>();

    private final List<String> told = new ArrayList<>();

    /** Makes a vault on this test's disk, or opens the one that is there. */
    protected abstract Vault open() throws VaultException;

    /** From now on the disk takes nothing. */
    protected abstract void refuse();

    @Test
    void closingMakesDurableWhatWaits() throws Exception {
        Vault vault = open();
        CompletionStage<Void> first = put(vault, "first");
        loop.runUntilIdle();
        CompletionStage<Void> second = put(vault, "second");
        vault.close();
        assertDone(first);
        assertDone(second);
        Vault again = open();
        assertEquals(Optional.of(Bytes.utf8("second")), get(again));
        again.close();
    }

    @Test
    void whatBecomesDurableByClosingIsToldAndMayRead() throws Exception {
        Vault vault = open();
        write(vault, () -> told.add(text(vault)));
        loop.runUntilIdle();
        write(vault, () -> told.add(text(vault)));
        vault.close();
        loop.advance(LONG_ENOUGH);
        assertEquals(List.of("value", "value"), told);
    }

    @Test
    void whatBecomesDurableByClosingMayNotWrite() throws Exception {
        Vault vault = open();
        write(vault, () -> {
            assertThrows(IllegalStateException.class, () -> put(vault, "late"));
            told.add("refused");
        });
        vault.close();
        assertEquals(List.of("refused"), told);
    }

    @Test
    void anActionThatThrowsKeepsNoOtherFromRunning() throws Exception {
        Vault vault = open();
        CompletionStage<Void> first = write(vault, () -> {
            throw new IllegalArgumentException("a bug");
        });
        CompletionStage<Void> second = write(vault, () -> told.add("second"));
        vault.close();
        assertDone(first);
        assertDone(second);
        assertEquals(List.of("second"), told);
    }

    @Test
    void onceClosedItIsNeitherReadNorWritten() throws Exception {
        Vault vault = open();
        vault.close();
        vault.close();
        assertThrows(IllegalStateException.class, () -> get(vault));
        assertThrows(IllegalStateException.class, () -> put(vault, "late"));
    }

    @Test
    void aRefusedCommitClosesIt() throws Exception {
        Vault vault = open();
        put(vault, "first").whenComplete((done, failure) -> told.add("first"));
        loop.advance(LONG_ENOUGH);
        refuse();
        CompletionStage<Void> refused = write(vault, () -> told.add("refused"));
        loop.advance(LONG_ENOUGH);
        assertFailed(refused);
        assertEquals(List.of("first"), told);
        assertFailed(vault);
        vault.close();
    }

    @Test
    void aTransactionThatBreaksOffClosesItAndIsThrownOn() throws Exception {
        Vault vault = open();
        CompletionStage<Void> waiting = put(vault, "waiting");
        IllegalArgumentException bug = new IllegalArgumentException("a bug");
        assertEquals(
                bug,
                assertThrows(
                        IllegalArgumentException.class,
                        () -> vault.write(transaction -> {
                            throw bug;
                        })));
        loop.advance(LONG_ENOUGH);
        assertFailed(waiting);
        assertFailed(vault);
        vault.close();
        assertFalse(get(open()).isPresent());
    }

    @Test
    void aRefusedErasureIsReportedOnce() throws Exception {
        assertReportedOnce(Vault::erase);
    }

    @Test
    void aRefusedChangeOfThePassphraseIsReportedOnce() throws Exception {
        assertReportedOnce(vault -> vault.changePassphrase(passphrase(), passphrase()));
    }

    @Test
    void aRefusedCommitIsReportedOnce() throws Exception {
        assertReportedOnce(vault -> {
            put(vault, "another");
            return put(vault, "lost");
        });
    }

    private void assertReportedOnce(Function<Vault, CompletionStage<Void>> failing) throws Exception {
        Vault vault = open();
        put(vault, "first");
        loop.advance(LONG_ENOUGH);
        refuse();
        CompletionStage<Void> refused = failing.apply(vault);
        loop.advance(LONG_ENOUGH);
        assertFailed(refused);
        assertFailed(vault);
        vault.close();
        loop.advance(LONG_ENOUGH);
        assertEquals(1, failures.size());
        assertEquals(VaultException.Kind.IO, failures.get(0).kind());
    }

    @Test
    void aTransactionThatBreaksOffIsReportedAfterItsException() throws Exception {
        Vault vault = open();
        assertThrows(
                IllegalArgumentException.class,
                () -> vault.write(transaction -> {
                    throw new IllegalArgumentException("a bug");
                }));
        assertEquals(List.of(), failures);
        loop.runUntilIdle();
        assertEquals(1, failures.size());
        vault.close();
    }

    @Test
    void closingIsNoFailure() throws Exception {
        Vault vault = open();
        put(vault, "first");
        vault.close();
        loop.advance(LONG_ENOUGH);
        assertEquals(List.of(), failures);
    }

    @Test
    void aTransactionBeginsInsideNoOther() throws Exception {
        Vault vault = open();
        vault.write(outer -> assertThrows(IllegalStateException.class, () -> put(vault, "inner")));
        vault.close();
        Vault again = open();
        assertFalse(get(again).isPresent());
        again.close();
    }

    private static Passphrase passphrase() {
        return Passphrase.owning(new char[0]);
    }

    private static void assertFailed(CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        assertTrue(future.isDone());
        CompletionException failure = assertThrows(CompletionException.class, future::join);
        assertInstanceOf(VaultException.class, failure.getCause());
    }

    private static void assertFailed(Vault vault) {
        assertThrows(UncheckedVaultException.class, () -> get(vault));
        assertThrows(UncheckedVaultException.class, () -> put(vault, "more"));
    }

    private static void assertDone(CompletionStage<Void> stage) {
        CompletableFuture<Void> future = stage.toCompletableFuture();
        assertTrue(future.isDone() && !future.isCompletedExceptionally());
    }

    private static CompletionStage<Void> put(Vault vault, String value) {
        return vault.write(transaction -> transaction.table("t").put(KEY, Bytes.utf8(value)));
    }

    private static CompletionStage<Void> write(Vault vault, Runnable afterCommit) {
        return vault.write(transaction -> {
            transaction.table("t").put(KEY, Bytes.utf8("value"));
            transaction.afterCommit(afterCommit);
        });
    }

    private static Optional<Bytes> get(Vault vault) {
        return vault.read(tables -> tables.table("t").get(KEY));
    }

    private static String text(Vault vault) {
        return get(vault).map(Bytes.utf8("value")::equals).orElse(false) ? "value" : "nothing";
    }
}

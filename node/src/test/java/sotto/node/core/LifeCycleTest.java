package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.RoutingBuilder;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.DisplayName;
import sotto.node.api.InvitationTerms;
import sotto.node.api.Passphrase;
import sotto.node.api.Status;
import sotto.node.vault.Vault;

/** Proves that a vault is open only behind a node that is, whatever ends while it is being opened. */
class LifeCycleTest {
    private static final Crypto CRYPTO = CryptoChoice.fastest();
    private static final Duration STARTING = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final VirtualTime time = new VirtualTime(9);
    private final SimNetwork network = new SimNetwork(new SplittableRandom(9));
    private final VirtualLoop loop = time.newLoop("node");
    private final SimDisk disk = new SimDisk();
    private final Queue<Runnable> blocking = new ArrayDeque<>();
    private final LifeCycle life = new LifeCycle(
            new NodeConfig(Path.of("nowhere"), List.of(), List.of(), false, true),
            new Surroundings(
                    loop,
                    CRYPTO,
                    blocking::add,
                    (config, policy, ways) -> endpoint(),
                    disk.vaults(loop),
                    NodeLimits.STANDARD));

    private Endpoint endpoint() {
        SimHost host = new SimHost(network, time.newLoop("net"), network.freeAddress());
        return new Endpoint(host, new RoutingBuilder().loop(time.newLoop("dht")).build(host));
    }

    @BeforeEach
    void createAndLock() {
        var created = life.enter(
                failed -> disk.vaults(loop).create(passphrase(), failed), Optional.of(DisplayName.of("Alice")));
        opened(created);
        await(life.node().invitations().invite(new InvitationTerms("", 1, Duration.ofDays(1), true)));
        life.leave("locked");
    }

    @Test
    void lockedAndUnlockedItIsTheSame() {
        assertEquals(Status.Life.LOCKED, life.status().life());
        assertFalse(disk.isInUse());
        assertEquals(Status.Life.OPEN, opened(unlock()).life());
        assertEquals(1, life.node().invitations().all().size());
    }

    @Test
    void aVaultThatFailsWhileTheNodeStartsIsNotOpen() {
        // There is something to forget, so that the start writes.
        time.advance(Duration.ofDays(40));
        network.setListenDelay(STARTING);
        disk.setRefusing(true);
        var unlocking = unlock();
        CompletionException failure = assertThrows(CompletionException.class, () -> opened(unlocking));
        assertInstanceOf(ApiException.class, failure.getCause());
        assertEquals(Status.Life.LOCKED, life.status().life());
        assertFalse(disk.isInUse());
        disk.setRefusing(false);
        assertEquals(Status.Life.OPEN, opened(unlock()).life());
    }

    @Test
    void aVaultThatCannotEraseIsLeft() {
        assertLeft(Vault::erase);
    }

    @Test
    void aVaultThatCannotChangeItsPassphraseIsLeft() {
        assertLeft(vault -> vault.changePassphrase(passphrase(), passphrase()));
    }

    private void assertLeft(Function<Vault, CompletionStage<Void>> failing) {
        opened(unlock());
        disk.setRefusing(true);
        CompletionStage<Void> refused = failing.apply(life.node().vault());
        assertThrows(CompletionException.class, () -> await(refused));
        loop.runUntilIdle();
        assertEquals(Status.Life.LOCKED, life.status().life());
        assertFalse(disk.isInUse());
        disk.setRefusing(false);
        assertEquals(Status.Life.OPEN, opened(unlock()).life());
    }

    @Test
    void aVaultThatOpensAfterTheNodeStoppedIsClosed() {
        var unlocking = unlock();
        life.stop("the node has stopped");
        assertThrows(CompletionException.class, () -> opened(unlocking));
        assertFalse(disk.isInUse());
        assertRefused();
    }

    @Test
    void aNodeThatIsStoppedBeforeItListensIsClosedAtOnce() {
        network.setListenDelay(STARTING);
        unlock();
        blocking.remove().run();
        time.advance(STARTING.dividedBy(2));
        assertTrue(disk.isInUse());
        life.stop("the node has stopped");
        assertFalse(disk.isInUse());
        time.advance(STARTING);
        assertFalse(disk.isInUse());
        assertTrue(life.open().isEmpty());
    }

    @Test
    void whileAPassphraseIsTriedNoOtherIs() {
        var first = unlock();
        assertRefused();
        assertEquals(Status.Life.OPEN, opened(first).life());
        assertRefused();
    }

    private CompletionStage<Status> unlock() {
        return life.enter(failed -> disk.vaults(loop).open(passphrase(), failed), Optional.empty());
    }

    private Status opened(CompletionStage<Status> entering) {
        blocking.remove().run();
        return await(entering);
    }

    private void assertRefused() {
        ApiException refusal = assertThrows(ApiException.class, this::unlock);
        assertInstanceOf(ApiError.NotAllowed.class, refusal.error());
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        time.advanceUntil(future::isDone, PATIENCE);
        return future.join();
    }

    private static Passphrase passphrase() {
        return Passphrase.owning("simulated".toCharArray());
    }
}

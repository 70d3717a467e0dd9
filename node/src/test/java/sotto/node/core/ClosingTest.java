package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoopThread;
import sotto.node.api.AccountId;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.ContactRequest;
import sotto.node.api.DisplayName;
import sotto.node.api.Event;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;
import sotto.node.api.Messenger;
import sotto.node.api.Passphrase;
import sotto.node.api.Status;
import sotto.node.vault.VaultException;
import sotto.node.vault.VaultFiles;

/** Proves that a real node in the midst of its work closes at once and leaves its vault to the next one. */
class ClosingTest {
    private static final Crypto CRYPTO = CryptoChoice.fastest();
    private static final int ATTEMPTS = 1_200;
    private static final int TEXTS = 400;
    private static final int TEXTS_BEFORE_CLOSING = 20;

    @TempDir
    Path homes;

    @Test
    void aNodeThatTextsArriveAtGivesItsVaultBack() throws Exception {
        Messenger alice = node("alice");
        Messenger bob = node("bob");
        done(alice.create(DisplayName.of("Alice"), passphrase()));
        done(bob.create(DisplayName.of("Bob"), passphrase()));
        Invitation invitation = done(alice.invite(new InvitationTerms("", 1, InvitationTerms.DEFAULT_LIFETIME, true)));
        CountDownLatch met = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(TEXTS_BEFORE_CLOSING);
        bob.subscribe(0, told -> {
            if (told.event() instanceof Event.KnockSettled) {
                met.countDown();
            } else if (told.event() instanceof Event.MessageStored) {
                arrived.countDown();
            }
        });
        done(bob.addContact(new ContactRequest(invitation.code(), "", "hello Alice")));
        assertTrue(met.await(30, TimeUnit.SECONDS));
        AccountId alicesBob = done(alice.contacts()).get(0).id();
        for (int number = 0; number < TEXTS; number++) {
            alice.send(alicesBob, "text " + number);
        }
        assertTrue(arrived.await(30, TimeUnit.SECONDS));
        bob.close();
        assertOpens("bob");
        alice.close();
        assertOpens("alice");
    }

    @Test
    void aVaultThatOpensWhileTheNodeClosesIsGivenBack() throws Exception {
        Messenger first = node("carol");
        done(first.create(DisplayName.of("Carol"), passphrase()));
        first.close();
        Messenger second = node("carol");
        // Which of the two comes first is not said: a slow machine may have the vault open before the node is closed.
        second.unlock(passphrase());
        second.close();
        awaitOpens("carol");
    }

    @Test
    void closedTwiceItAnswersWithAnError() throws Exception {
        Messenger node = node("dave");
        node.close();
        node.close();
        assertStopped(node.status());
        assertStopped(node.unlock(passphrase()));
        CountDownLatch ended = new CountDownLatch(1);
        node.subscribe(0, told -> {
            if (told.event() instanceof Event.FeedEnded) {
                ended.countDown();
            }
        });
        assertTrue(ended.await(30, TimeUnit.SECONDS));
    }

    private static void assertStopped(CompletionStage<Status> stage) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> done(stage));
        ApiException refused = assertInstanceOf(ApiException.class, failure.getCause());
        assertInstanceOf(ApiError.Failed.class, refused.error());
    }

    /** The one that was still opening has half a second to go: tries until it is over. */
    private void awaitOpens(String home) throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                assertOpens(home);
                return;
            } catch (VaultException inUse) {
                assertEquals(VaultException.Kind.IN_USE, inUse.kind());
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
        throw new AssertionError("the vault is still locked");
    }

    /** Fails with a {@code VaultException} where the vault is still locked. */
    private void assertOpens(String home) throws Exception {
        EventLoopThread loop = new EventLoopThread("next");
        VaultFiles files = new VaultFiles(homes.resolve(home), CRYPTO);
        files.open(passphrase(), loop, failed -> {}).close();
        loop.close();
    }

    private Messenger node(String home) throws Exception {
        return Node.start(new NodeConfig(
                homes.resolve(home), List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")), List.of(), false, true));
    }

    private static Passphrase passphrase() {
        return Passphrase.owning("correct horse battery staple".toCharArray());
    }

    private static <T> T done(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}

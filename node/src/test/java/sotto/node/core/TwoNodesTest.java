package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.Contact;
import sotto.node.api.ContactPath;
import sotto.node.api.ContactRequest;
import sotto.node.api.DisplayName;
import sotto.node.api.Event;
import sotto.node.api.FeedEvent;
import sotto.node.api.HistoryPage;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;
import sotto.node.api.Message;
import sotto.node.api.MessageState;
import sotto.node.api.Messenger;
import sotto.node.api.Passphrase;

/** Proves the whole way with real parts: two nodes, real vaults on disk, real sockets on loopback. */
class TwoNodesTest {
    @TempDir
    Path homes;

    @Test
    void meetChatRestartAndGoOn() throws Exception {
        Messenger alice = node("alice", "/ip4/127.0.0.1/tcp/0");
        Messenger bob = node("bob", "/ip4/127.0.0.1/tcp/0");
        done(alice.create(DisplayName.of("Alice"), passphrase()));
        done(bob.create(DisplayName.of("Bob"), passphrase()));
        Invitation invitation = done(alice.invite(new InvitationTerms("", 1, InvitationTerms.DEFAULT_LIFETIME, true)));
        try (Listening told = new Listening(bob);
                Listening toldAlice = new Listening(alice)) {
            done(bob.addContact(new ContactRequest(invitation.code(), "", "hello Alice")));
            told.await(event -> event instanceof Event.KnockSettled);
            Contact alicesBob = done(alice.contacts()).get(0);
            Contact bobsAlice = done(bob.contacts()).get(0);
            assertEquals(alicesBob.safetyNumber(), bobsAlice.safetyNumber());
            toldAlice.await(event -> event instanceof Event.PathChanged);
            assertEquals(ContactPath.DIRECT, done(alice.contacts()).get(0).path());
            done(alice.send(alicesBob.id(), "hello Bob"));
            told.await(event -> event instanceof Event.MessageStored stored
                    && stored.message().text().value().equals("hello Bob"));
            toldAlice.await(event -> event instanceof Event.MessageChanged changed
                    && changed.message().state() instanceof MessageState.Delivered);
        }
        bob.close();
        done(alice.send(done(alice.contacts()).get(0).id(), "while you were away"));
        Messenger again = node("bob", "/ip4/127.0.0.1/tcp/0");
        done(again.unlock(passphrase()));
        try (Listening told = new Listening(again)) {
            told.await(event -> event instanceof Event.MessageStored stored
                    && stored.message().text().value().equals("while you were away"));
        }
        List<String> texts = done(again.history(done(again.contacts()).get(0).id(), HistoryPage.newest(10))).stream()
                .map(Message::text)
                .map(text -> text.value())
                .toList();
        assertEquals(List.of("hello Alice", "hello Bob", "while you were away"), texts);
        assertTrue(done(alice.status()).listen().get(0).startsWith("/ip4/127.0.0.1/tcp/"));
        again.close();
        alice.close();
    }

    private Messenger node(String home, String listen) throws Exception {
        return Node.start(new NodeConfig(homes.resolve(home), List.of(Multiaddr.parse(listen)), false, true));
    }

    private static Passphrase passphrase() {
        return Passphrase.owning("correct horse battery staple".toCharArray());
    }

    private static <T> T done(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** Waits for what a node tells. */
    private static final class Listening implements AutoCloseable {
        private final BlockingQueue<FeedEvent> events = new LinkedBlockingQueue<>();
        private final Messenger.Subscription subscription;

        Listening(Messenger messenger) {
            this.subscription = messenger.subscribe(0, events::add);
        }

        void await(java.util.function.Predicate<Event> wanted) throws InterruptedException {
            FeedEvent event;
            do {
                event = events.poll(30, TimeUnit.SECONDS);
                assertTrue(event != null, "not told within 30 s");
            } while (!wanted.test(event.event()));
        }

        @Override
        public void close() {
            subscription.close();
        }
    }
}

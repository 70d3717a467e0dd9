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
import sotto.libp2p.HostBuilder;
import sotto.libp2p.RoutingBuilder;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.Routing;
import sotto.libp2p.kad.Kademlia;
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
import sotto.node.directory.SealedRecordValidator;

/** Proves the whole way with real parts: two nodes, real vaults on disk, real sockets on loopback. */
class TwoNodesTest {
    private static final String LOOPBACK = "/ip4/127.0.0.1/tcp/0";

    @TempDir
    Path homes;

    @Test
    void meetChatRestartAndGoOn() throws Exception {
        Messenger alice = node("alice", LOOPBACK);
        Messenger bob = node("bob", LOOPBACK);
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
        Messenger again = node("bob", LOOPBACK);
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

    @Test
    void meetByACodeAloneAndAgainWhereBothHaveMoved() throws Exception {
        Endpoint server = directory();
        List<Multiaddr> entryPoints = done(server.host().start());
        Messenger alice = node("alice", LOOPBACK, entryPoints);
        Messenger bob = node("bob", LOOPBACK, entryPoints);
        done(alice.create(DisplayName.of("Alice"), passphrase()));
        done(bob.create(DisplayName.of("Bob"), passphrase()));
        Invitation invitation = done(alice.invite(new InvitationTerms("", 1, InvitationTerms.DEFAULT_LIFETIME, false)));
        assertEquals(Invitation.Publication.PUBLISHED, invitation.publication());
        try (Listening told = new Listening(bob)) {
            done(bob.addContact(new ContactRequest(invitation.code(), "", "")));
            told.await(event -> event instanceof Event.PathChanged);
        }
        alice.close();
        bob.close();
        // New ports and host keys; the entry point is remembered.
        Messenger aliceAgain = node("alice", LOOPBACK);
        Messenger bobAgain = node("bob", LOOPBACK);
        done(aliceAgain.unlock(passphrase()));
        done(bobAgain.unlock(passphrase()));
        done(bobAgain.send(done(bobAgain.contacts()).get(0).id(), "found you"));
        try (Listening told = new Listening(aliceAgain)) {
            told.await(event -> event instanceof Event.MessageStored stored
                    && stored.message().text().value().equals("found you"));
        }
        aliceAgain.close();
        bobAgain.close();
        server.close();
    }

    /** A server of the DHT that knows nothing of messengers. */
    private static Endpoint directory() throws Exception {
        Host host = new HostBuilder().listen(List.of(Multiaddr.parse(LOOPBACK))).build();
        Routing routing = new RoutingBuilder()
                .validator(SealedRecordValidator.NAMESPACE, new SealedRecordValidator(CryptoChoice.fastest()))
                .mode(Kademlia.Mode.SERVER)
                .build(host);
        return new Endpoint(host, routing);
    }

    private Messenger node(String home, String listen) throws Exception {
        return node(home, listen, List.of());
    }

    private Messenger node(String home, String listen, List<Multiaddr> entryPoints) throws Exception {
        return Node.start(
                new NodeConfig(homes.resolve(home), List.of(Multiaddr.parse(listen)), entryPoints, false, true));
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

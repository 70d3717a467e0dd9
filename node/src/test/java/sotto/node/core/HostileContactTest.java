package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.Stream;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.AccountId;
import sotto.node.api.HistoryPage;
import sotto.node.api.InvitationTerms;
import sotto.node.api.MessageId;
import sotto.node.session.Session;
import sotto.node.wire.Addresses;
import sotto.node.wire.Protocols;
import sotto.node.wire.SessionMessage;
import sotto.node.wire.WireLimits;

/** Proves that a contact with a program of its own can neither stop a node nor speak on after it was removed or blocked. */
class HostileContactTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);
    private static final Duration MOMENT = Duration.ofSeconds(3);
    private static final long LATEST = Long.MAX_VALUE;
    private static final int FLOOD = 6_500;
    private static final int VISITS = 100;
    private static final int SESSIONS = 10;

    private final VirtualTime time = new VirtualTime(3);
    private final SimNetwork network = new SimNetwork(new SplittableRandom(3));
    private final Multiaddr home = network.freeAddress();
    private final Multiaddr lair = network.freeAddress();
    private final SimNode alice = new SimNode("Alice", time, network, () -> home);
    private final SimNode mallory = new SimNode("Mallory", time, network, () -> lair);
    private RogueContact rogue;
    private AccountId rogueId;

    @BeforeEach
    void makeContacts() {
        alice.create();
        rogueId = join(mallory);
        mallory.crash();
        time.advance(MOMENT);
        rogue = new RogueContact(mallory, time, network, lair);
    }

    @Test
    void whoWasRemovedDuringTheHandshakeCannotSpeakOn() {
        Stream stream = openStream();
        alice.await(alice.node().removeContact(rogueId));
        speak(stream);
        assertTrue(rogue.isClosed());
        assertEquals(List.of(), rogue.heard);
        assertAliceWorks();
    }

    @Test
    void whoWasBlockedDuringTheHandshakeCannotSpeakOn() {
        Stream stream = openStream();
        alice.await(alice.node().setBlocked(rogueId, true));
        speak(stream);
        assertTrue(rogue.isClosed());
        assertEquals(List.of(), rogue.heard);
        assertEquals(List.of(), alice.await(alice.node().history(rogueId, HistoryPage.newest(1))));
    }

    @Test
    void onlyTheConnectionOfASessionNeedNotMakeRoomForOthers() {
        List<SimConnection> visits = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            SimConnection visit = (SimConnection) await(rogue.arrive(home));
            visits.add(visit);
            assertTrue(isRecognised(visit));
            assertFalse(isKept(visit));
            Session session = rogue.shakeHands(await(rogue.openSessionStream(visit)));
            time.advance(MOMENT);
            assertTrue(isKept(visit));
            session.close();
            time.advance(MOMENT);
        }
        assertTrue(visits.stream().allMatch(SimConnection::isOpen));
        assertTrue(visits.stream().noneMatch(HostileContactTest::isKept));
    }

    private static boolean isRecognised(SimConnection visit) {
        SimConnection atAlice = visit.other().orElseThrow();
        return atAlice.host().handler(Protocols.SESSION, atAlice).isPresent();
    }

    private static boolean isKept(SimConnection visit) {
        return visit.other().orElseThrow().isKept();
    }

    @Test
    void whoAskedWhileTooManyDidMayAskAgain() {
        List<SimConnection> visits = new ArrayList<>();
        for (int i = 0; i < VISITS; i++) {
            visits.add((SimConnection) await(rogue.host.connect(home)));
        }
        // At once: the rate lets a part of them pass.
        List<CompletionStage<Connection>> asked =
                visits.stream().map(rogue::recognise).toList();
        asked.forEach(this::await);
        SimConnection refused = visits.stream()
                .filter(visit -> !isRecognised(visit))
                .findFirst()
                .orElseThrow();
        time.advance(MOMENT);
        await(rogue.recognise(refused));
        assertTrue(isRecognised(refused));
    }

    @Test
    void whoIsRemovedWhileBeingRecognisedDoesNotStopTheNode() {
        CompletableFuture<Void> permission = new CompletableFuture<>();
        AtomicBoolean isAsked = new AtomicBoolean();
        rogue.answerWhen(permission, () -> isAsked.set(true));
        await(rogue.host.start());
        alice.await(alice.node().send(rogueId, "are you there?"));
        time.advanceUntil(isAsked::get, LONG_ENOUGH);
        assertTrue(isAsked.get());
        alice.await(alice.node().removeContact(rogueId));
        permission.complete(null);
        time.advance(MOMENT);
        assertAliceWorks();
    }

    @Test
    void whoFloodsWithoutWaitingForTheDiskLosesTheSession() {
        Session session = rogue.shakeHands(openStream());
        time.advance(MOMENT);
        for (int counter = 1; counter <= FLOOD; counter++) {
            session.send(text(counter, 0));
        }
        time.advance(MOMENT);
        assertTrue(rogue.isClosed());
        assertAliceWorks();
    }

    @Test
    void aClockThatIsWrongDoesNotMoveAConversationToTheTop() {
        Session session = rogue.shakeHands(openStream());
        time.advance(MOMENT);
        session.send(text(1, LATEST));
        time.advance(MOMENT);
        SimNode bob = new SimNode("Bob", time, network, network::freeAddress);
        AccountId bobsId = join(bob);
        alice.await(alice.node().send(bobsId, "the newest"));
        assertEquals(
                List.of(bobsId, rogueId),
                alice.await(alice.node().conversations()).stream()
                        .map(conversation -> conversation.contact().id())
                        .toList());
    }

    @Test
    void whoTakesTheIdOfSomebodyElseForANameIsNotTakenForThem() {
        String beginning = rogueId.hex().substring(0, 8);
        AccountId whole = join(new SimNode(rogueId.hex(), time, network, network::freeAddress));
        AccountId part = join(new SimNode(beginning, time, network, network::freeAddress));
        assertEquals(rogueId, found(rogueId.hex()));
        assertEquals(rogueId, found(beginning));
        assertEquals(part, found("contact " + beginning));
        assertThrows(CompletionException.class, () -> found(whole.hex().substring(0, 2) + "zz"));
    }

    @Test
    void nobodyIsReachedByTheNameThatSomebodyElseHasInAnyCase() {
        AccountId bob = join(new SimNode("Bob", time, network, network::freeAddress));
        assertEquals(bob, found("bOB"));
        AccountId shouting = join(new SimNode("BOB", time, network, network::freeAddress));
        assertEquals(bob, found("Bob"));
        assertEquals(bob, found("BOB"));
        assertEquals(bob, found("bob"));
        assertEquals(shouting, found("bob 2"));
    }

    private AccountId found(String word) {
        return alice.await(alice.node().findContact(word)).id();
    }

    @Test
    void bystandersWhoseAddressesAContactNamesAreNotBotheredWithoutEnd() {
        List<Multiaddr> bystanders = new ArrayList<>();
        for (int i = 0; i < WireLimits.ADDRESSES_MAX; i++) {
            bystanders.add(network.freeAddress());
        }
        for (int visit = 0; visit < VISITS; visit++) {
            comeAndGo(new Addresses(bystanders));
        }
        int most = bystanders.stream().mapToInt(network::dials).max().orElseThrow();
        // The burst, and one in 30 seconds.
        long allowed = 8 + time.now().toSeconds() / 30;
        assertTrue(most > 0 && most <= allowed, most + " dials of one bystander, " + allowed + " allowed");
    }

    @Test
    void whoNamesOtherBystandersAtEveryVisitIsBoundToo() {
        List<Multiaddr> bystanders = new ArrayList<>();
        for (int visit = 0; visit < VISITS; visit++) {
            List<Multiaddr> next = new ArrayList<>();
            for (int i = 0; i < WireLimits.ADDRESSES_MAX; i++) {
                next.add(network.freeAddress());
            }
            bystanders.addAll(next);
            comeAndGo(new Addresses(next));
        }
        int dials = bystanders.stream().mapToInt(network::dials).sum();
        long allowed = 40 + time.now().toSeconds() / 3;
        assertTrue(dials > 0 && dials <= allowed, dials + " dials of bystanders, " + allowed + " allowed");
    }

    @Test
    void whoFloodsWithProfilesMakesFewWrites() {
        Session session = rogue.shakeHands(openStream());
        time.advance(MOMENT);
        int before = alice.disk().commits();
        for (int i = 0; i < FLOOD; i++) {
            session.send(new SessionMessage.Profile("Mallory " + i, Addresses.NONE));
            session.send(new SessionMessage.Acknowledgement(Bytes.owning(new byte[16]), i));
            if (i % 100 == 0) {
                time.advance(Duration.ofMillis(100));
            }
        }
        time.advance(Profiles.PAUSE.multipliedBy(2));
        int commits = alice.disk().commits() - before;
        assertTrue(commits <= 4, commits + " commits");
        assertEquals(
                "Mallory " + (FLOOD - 1),
                alice.await(alice.node().contacts()).get(0).announcedName().toString());
    }

    /** Meets Alice, says where to find us, and leaves. */
    private void comeAndGo(Addresses addresses) {
        Stream stream = openStream();
        Session session = rogue.shakeHands(stream);
        time.advanceUntil(session::isReady, MOMENT);
        session.send(new SessionMessage.Profile("Mallory", addresses));
        time.advance(MOMENT);
        stream.connection().close();
        time.advance(MOMENT);
    }

    /** Creates {@code who} and makes it a contact of Alice. */
    private AccountId join(SimNode who) {
        who.create();
        return who.join(alice);
    }

    /** Her vault takes what she asks for. */
    private void assertAliceWorks() {
        InvitationTerms terms = new InvitationTerms("afterwards", 1, InvitationTerms.DEFAULT_LIFETIME, true);
        assertEquals("afterwards", alice.await(alice.node().invite(terms)).label());
    }

    private Stream openStream() {
        Connection connection = await(rogue.arrive(home));
        return await(rogue.openSessionStream(connection));
    }

    private void speak(Stream stream) {
        Session session = rogue.shakeHands(stream);
        time.advanceUntil(() -> session.isReady() || rogue.isClosed(), MOMENT);
        session.send(text(1, 0));
        session.send(new SessionMessage.Acknowledgement(Bytes.owning(new byte[16]), 1));
        time.advance(MOMENT);
    }

    private SessionMessage.Text text(long counter, long sentAtMillis) {
        Bytes incarnation = Bytes.owning(new byte[16]);
        MessageId id = new MessageId(network.fresh(16).hex());
        return new SessionMessage.Text(id, incarnation, counter, sentAtMillis, "hello");
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        time.advanceUntil(future::isDone, LONG_ENOUGH);
        return future.join();
    }
}

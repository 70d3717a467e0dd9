package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.AccountId;
import sotto.node.api.ContactPath;
import sotto.node.api.ContactRequest;
import sotto.node.api.Event;
import sotto.node.api.FeedEvent;
import sotto.node.api.InvitationTerms;
import sotto.node.session.Session;
import sotto.node.wire.Addresses;
import sotto.node.wire.SessionMessage;
import sotto.node.wire.WireLimits;

/** Proves that going after one contact disturbs no other one and no bystander, whatever addresses it named. */
class ReacherTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);
    private static final Duration MOMENT = Duration.ofSeconds(3);

    private final VirtualTime time = new VirtualTime(8);
    private final SimNetwork network = new SimNetwork(new SplittableRandom(8));
    private final Multiaddr home = network.freeAddress();
    private final Multiaddr bobsHome = network.freeAddress();
    private final Multiaddr lair = network.freeAddress();
    private final SimNode alice = new SimNode("Alice", time, network, () -> home);
    private final SimNode bob = new SimNode("Bob", time, network, () -> bobsHome);
    private AccountId bobsId;
    private RogueContact rogue;

    @BeforeEach
    void makeContacts() {
        alice.create();
        SimNode mallory = new SimNode("Mallory", time, network, () -> lair);
        join(mallory);
        mallory.crash();
        time.advance(MOMENT);
        rogue = new RogueContact(mallory, time, network, lair);
        bobsId = join(bob);
    }

    @Test
    void anAddressWithThePeerOfAnotherContactDoesNotEndTheirSession() {
        List<FeedEvent> told = listen();
        comeAndName(List.of(lair.withPeer(bob.peer())));
        time.advance(LONG_ENOUGH);
        assertEquals(List.of(), paths(told, bobsId));
        assertTrue(network.dials(lair) > 0);
    }

    @Test
    void theAddressOfAnotherContactDoesNotMoveTheirSession() {
        List<FeedEvent> told = listen();
        int before = network.dials(bobsHome);
        comeAndName(List.of(bobsHome));
        time.advance(LONG_ENOUGH);
        assertTrue(network.dials(bobsHome) > before);
        assertEquals(List.of(), paths(told, bobsId));
    }

    @Test
    void whoIsMetWhereAnotherOneSaysToBeIsNotCutOff() {
        comeAndName(List.of(bobsHome));
        alice.crash();
        network.tear();
        time.advance(MOMENT);
        network.mend();
        alice.restart();
        List<FeedEvent> told = listen();
        time.advance(LONG_ENOUGH);
        assertTrue(!paths(told, bobsId).contains(ContactPath.OFFLINE), told::toString);
        assertEquals(
                ContactPath.LAN, alice.await(alice.node().findContact("Bob")).path());
    }

    @Test
    void addressesThatDifferInTheirPeerAloneAreOneAddress() {
        Multiaddr bystander = network.freeAddress();
        for (int visit = 0; visit < 20; visit++) {
            List<Multiaddr> spellings = new ArrayList<>();
            for (int i = 0; i < WireLimits.ADDRESSES_MAX; i++) {
                spellings.add(bystander.withPeer(new SimHost(network, time.newLoop("nobody"), bystander).id()));
            }
            comeAndName(spellings);
        }
        long allowed = 8 + time.now().toSeconds() / 30;
        int dials = network.dials(bystander);
        assertTrue(dials > 0 && dials <= allowed, dials + " dials, " + allowed + " allowed");
    }

    @Test
    void aNewCodeOfAContactHurriesNobodyElse() {
        time.advance(Duration.ofDays(2));
        int before = network.dials(lair);
        int bobsBefore = network.dials(bobsHome);
        InvitationTerms terms = new InvitationTerms("again", 1, InvitationTerms.DEFAULT_LIFETIME, true);
        String code = bob.await(bob.node().invite(terms)).code();
        alice.await(alice.node().addContact(new ContactRequest(code, "", "")));
        time.advance(MOMENT);
        assertEquals(List.of(), alice.await(alice.node().knocks()));
        assertEquals(bobsBefore + 1, network.dials(bobsHome));
        assertEquals(before, network.dials(lair));
    }

    /** Whom Alice hears coming and going from now on. */
    private List<FeedEvent> listen() {
        List<FeedEvent> told = new ArrayList<>();
        alice.node().subscribe(0, told::add);
        return told;
    }

    private static List<ContactPath> paths(List<FeedEvent> told, AccountId of) {
        return told.stream()
                .map(FeedEvent::event)
                .filter(event -> event instanceof Event.PathChanged changed
                        && changed.contact().equals(of))
                .map(event -> ((Event.PathChanged) event).path())
                .toList();
    }

    /** Mallory meets Alice, says where to find her, and leaves. */
    private void comeAndName(List<Multiaddr> addresses) {
        var stream = rogue.arrive(home).thenCompose(rogue::openSessionStream).toCompletableFuture();
        time.advanceUntil(stream::isDone, LONG_ENOUGH);
        Session session = rogue.shakeHands(stream.join());
        time.advanceUntil(session::isReady, MOMENT);
        session.send(new SessionMessage.Profile("Mallory", new Addresses(addresses)));
        time.advance(MOMENT);
        stream.join().connection().close();
        time.advance(MOMENT);
    }

    private AccountId join(SimNode who) {
        who.create();
        return who.join(alice);
    }
}

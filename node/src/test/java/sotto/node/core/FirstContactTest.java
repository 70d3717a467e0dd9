package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.AccountId;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Contact;
import sotto.node.api.ContactPath;
import sotto.node.api.ContactRequest;
import sotto.node.api.Event;
import sotto.node.api.FeedEvent;
import sotto.node.api.HistoryPage;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;
import sotto.node.api.Message;

/** Proves how strangers become contacts by an invitation, and how they do not: whole nodes in a simulated world. */
class FirstContactTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);

    private final VirtualTime time = new VirtualTime(1);
    private final SimNetwork network = new SimNetwork(new SplittableRandom(1));
    private final Multiaddr home = network.freeAddress();
    private final SimNode alice = new SimNode("Alice", time, network, () -> home);
    private final SimNode bob = new SimNode("Bob", time, network, network::freeAddress);
    private final SimNode mallory = new SimNode("Mallory", time, network, network::freeAddress);
    private final List<Event> told = new ArrayList<>();

    @BeforeEach
    void createEverybody() {
        List.of(alice, bob, mallory).forEach(SimNode::create);
        alice.node().subscribe(0, event -> told.add(event.event()));
    }

    @Test
    void anInvitationMakesTwoContactsWithOneSafetyNumber() {
        knock(bob, invite(1), "hello from Bob");
        Contact seenByAlice = onlyContact(alice);
        Contact seenByBob = onlyContact(bob);
        assertEquals("Bob", seenByAlice.name().toString());
        assertEquals("Alice", seenByBob.name().toString());
        assertEquals(seenByAlice.safetyNumber(), seenByBob.safetyNumber());
        assertEquals("for a friend", seenByAlice.invitationLabel());
        assertEquals(ContactPath.LAN, seenByBob.path());
        assertEquals(List.of("hello from Bob"), texts(alice, seenByAlice.id()));
        assertEquals(List.of("hello from Bob"), texts(bob, seenByBob.id()));
    }

    @Test
    void aSecondPersonWithAUsedCodeIsNoticedOnceAndLearnsNothing() {
        String code = invite(1);
        knock(bob, code, "");
        knock(mallory, code, "let me in");
        assertEquals("Bob", onlyContact(alice).name().toString());
        assertEquals(
                1,
                told.stream().filter(Event.InvitationLeaked.class::isInstance).count());
        assertStillKnocking(mallory);
    }

    @Test
    void revokedAndExpiredLookLikeNobodyAtHome() {
        String revoked = invite(1);
        alice.await(alice.node().revokeInvitation("for a friend"));
        knock(bob, revoked, "");
        assertStillKnocking(bob);
        String expired =
                code(alice.await(alice.node().invite(new InvitationTerms("short", 1, Duration.ofMinutes(1), true))));
        time.advance(Duration.ofMinutes(2));
        knock(mallory, expired, "");
        assertStillKnocking(mallory);
        assertEquals(List.of(), alice.await(alice.node().contacts()));
    }

    @Test
    void aBlockedPersonStaysOutWhateverInvitationTheyHold() {
        knock(bob, invite(1), "");
        AccountId bobsId = onlyContact(alice).id();
        alice.await(alice.node().setBlocked(bobsId, true));
        bob.await(bob.node().removeContact(onlyContact(bob).id()));
        Invitation other = alice.await(
                alice.node().invite(new InvitationTerms("other", 1, InvitationTerms.DEFAULT_LIFETIME, true)));
        knock(bob, other.code(), "me again");
        assertStillKnocking(bob);
        assertEquals(List.of(), texts(alice, bobsId));
        assertEquals(
                1,
                alice.await(alice.node().invitations()).stream()
                        .filter(invitation -> invitation.usesLeft() == 1)
                        .count());
    }

    @Test
    void removingAContactErasesItFromTheFiles() {
        knock(bob, invite(1), "what shall not stay");
        assertEquals(0, alice.disk().erasures());
        alice.await(alice.node().removeContact(onlyContact(alice).id()));
        assertEquals(1, alice.disk().erasures());
    }

    @Test
    void aKnockSentAgainAfterRemovalAndRestartShowsNothing() {
        String code = invite(5);
        network.tear();
        bob.await(bob.node().addContact(new ContactRequest(code, "", "once")));
        network.mend();
        time.advanceUntil(() -> isContact(alice), LONG_ENOUGH);
        // Bob dies before he knows that he was let in, again and again: each time he sends the same knock.
        alice.await(alice.node().removeContact(onlyContact(alice).id()));
        bob.crash();
        bob.restart();
        alice.crash();
        alice.restart();
        time.advance(LONG_ENOUGH);
        assertEquals(List.of(), alice.await(alice.node().contacts()));
        assertEquals(4, alice.await(alice.node().invitations()).get(0).usesLeft());
    }

    @Test
    void anExistingContactCannotBeReplacedByAKnockInItsName() {
        knock(bob, invite(1), "");
        Contact before = onlyContact(alice);
        bob.await(bob.node().removeContact(onlyContact(bob).id()));
        Invitation other = alice.await(
                alice.node().invite(new InvitationTerms("other", 1, InvitationTerms.DEFAULT_LIFETIME, true)));
        knock(bob, other.code(), "am I Bob?");
        assertEquals(before.since(), onlyContact(alice).since());
        assertEquals(List.of(), texts(alice, before.id()));
    }

    @Test
    void whoStoleAnAccountKeyCannotStepIntoAContactsPlace() {
        SimNode thief = bob.stolen(network::freeAddress);
        knock(bob, invite(1), "");
        AccountId bobsId = onlyContact(alice).id();
        alice.await(alice.node().markVerified(bobsId, true));
        thief.restart();
        Invitation bait =
                thief.await(thief.node().invite(new InvitationTerms("", 1, InvitationTerms.DEFAULT_LIFETIME, true)));
        knock(alice, bait.code(), "is it you?");
        alice.await(alice.node().send(bobsId, "for Bob alone"));
        time.advance(LONG_ENOUGH);
        assertEquals(List.of(), thief.await(thief.node().contacts()));
        assertEquals(List.of("for Bob alone"), texts(bob, onlyContact(bob).id()));
        assertEquals(List.of(), alice.await(alice.node().knocks()));
    }

    @Test
    void twoWhoKnockAtEachOtherBecomeContactsOnce() {
        String alices = invite(1);
        Invitation bobs =
                bob.await(bob.node().invite(new InvitationTerms("", 1, InvitationTerms.DEFAULT_LIFETIME, true)));
        network.tear();
        bob.await(bob.node().addContact(new ContactRequest(alices, "", "")));
        alice.await(alice.node().addContact(new ContactRequest(bobs.code(), "", "")));
        network.mend();
        time.advance(Duration.ofHours(1));
        AccountId bobsId = onlyContact(alice).id();
        AccountId alicesId = onlyContact(bob).id();
        alice.await(alice.node().send(bobsId, "from Alice"));
        bob.await(bob.node().send(alicesId, "from Bob"));
        time.advance(LONG_ENOUGH);
        assertEquals(
                List.of("from Alice", "from Bob"),
                texts(alice, bobsId).stream().sorted().toList());
        assertEquals(
                List.of("from Alice", "from Bob"),
                texts(bob, alicesId).stream().sorted().toList());
        assertEquals(List.of(), alice.await(alice.node().knocks()));
        assertEquals(List.of(), bob.await(bob.node().knocks()));
    }

    @Test
    void aMistypedCodeAndAnOwnOneAreToldAtOnce() {
        String code = invite(1);
        char typed = code.charAt(20) == 'q' ? 'p' : 'q';
        String mistyped = code.substring(0, 20) + typed + code.substring(21);
        assertInstanceOf(ApiError.BadCode.class, refusal(bob, mistyped));
        assertInstanceOf(ApiError.NotAllowed.class, refusal(alice, code));
    }

    @Test
    void contactsFindEachOtherAfterBothRestartedWithNewKeys() {
        knock(bob, invite(1), "");
        AccountId alicesId = onlyContact(bob).id();
        List.of(alice, bob).forEach(SimNode::crash);
        List.of(bob, alice).forEach(SimNode::restart);
        bob.await(bob.node().send(alicesId, "still there?"));
        time.advance(LONG_ENOUGH);
        assertEquals(List.of("still there?"), texts(alice, onlyContact(alice).id()));
    }

    @Test
    void aNewCodeOfAContactTellsWhereItIsNow() {
        SimNode wanderer = new SimNode("Wanda", time, network, network::freeAddress);
        wanderer.create();
        Invitation first = wanderer.await(
                wanderer.node().invite(new InvitationTerms("", 1, InvitationTerms.DEFAULT_LIFETIME, true)));
        knock(bob, first.code(), "");
        List.of(wanderer, bob).forEach(SimNode::crash);
        List.of(wanderer, bob).forEach(SimNode::restart);
        time.advance(LONG_ENOUGH);
        assertEquals(ContactPath.OFFLINE, onlyContact(bob).path());
        Invitation second = wanderer.await(
                wanderer.node().invite(new InvitationTerms("", 1, InvitationTerms.DEFAULT_LIFETIME, true)));
        List<Event> toldBob = new ArrayList<>();
        bob.node().subscribe(0, event -> toldBob.add(event.event()));
        knock(bob, second.code(), "");
        assertEquals(ContactPath.LAN, onlyContact(bob).path());
        assertTrue(
                toldBob.stream()
                        .anyMatch(event -> event instanceof Event.KnockSettled settled
                                && settled.contact().isPresent()
                                && settled.reason().startsWith("you are contacts already")),
                toldBob::toString);
    }

    @Test
    void theSameCodeTwiceIsOneKnock() {
        String code = invite(1);
        network.tear();
        String first = bob.await(bob.node().addContact(new ContactRequest(code, "", "hello")))
                .id();
        String second = bob.await(bob.node().addContact(new ContactRequest(code, "", "")))
                .id();
        assertEquals(first, second);
        assertEquals(1, bob.await(bob.node().knocks()).size());
        network.mend();
        time.advance(LONG_ENOUGH);
        assertEquals(List.of("hello"), texts(alice, onlyContact(alice).id()));
    }

    @Test
    void namesThatCanBeTakenForEachOtherAreFlagged() {
        SimNode other = new SimNode("B\u043Eb", time, network, network::freeAddress);
        other.create();
        String code = invite(2);
        knock(bob, code, "");
        knock(other, code, "");
        List<Contact> contacts = alice.await(alice.node().contacts());
        assertEquals(2, contacts.size());
        assertTrue(contacts.stream().allMatch(contact -> contact.lookalikes().size() == 1), contacts::toString);
    }

    @Test
    void theFeedIsDurableAndNumbered() {
        knock(bob, invite(1), "hello");
        alice.crash();
        alice.restart();
        List<FeedEvent> again = new ArrayList<>();
        alice.node().subscribe(0, again::add);
        time.runUntilIdle();
        List<Long> sequences = again.stream()
                .map(FeedEvent::sequence)
                .filter(number -> number > 0)
                .toList();
        assertEquals(sequences.stream().sorted().distinct().toList(), sequences);
        assertTrue(again.stream().anyMatch(event -> event.event() instanceof Event.ContactAdded));
        assertTrue(again.stream().anyMatch(event -> event.event() instanceof Event.MessageStored));
        List<FeedEvent> rest = new ArrayList<>();
        alice.node().subscribe(sequences.get(0), rest::add);
        time.runUntilIdle();
        assertEquals(
                sequences.subList(1, sequences.size()),
                rest.stream()
                        .map(FeedEvent::sequence)
                        .filter(number -> number > 0)
                        .toList());
    }

    private String invite(int uses) {
        return code(alice.await(alice.node()
                .invite(new InvitationTerms("for a friend", uses, InvitationTerms.DEFAULT_LIFETIME, true))));
    }

    private static String code(Invitation invitation) {
        return invitation.code();
    }

    private void knock(SimNode who, String code, String greeting) {
        who.await(who.node().addContact(new ContactRequest(code, "", greeting)));
        time.advance(LONG_ENOUGH);
    }

    private static ApiError refusal(SimNode who, String code) {
        CompletionException failure = assertThrows(
                CompletionException.class, () -> who.await(who.node().addContact(new ContactRequest(code, "", ""))));
        return assertInstanceOf(ApiException.class, failure.getCause()).error();
    }

    private static void assertStillKnocking(SimNode who) {
        assertEquals(1, who.await(who.node().knocks()).size());
        assertEquals(List.of(), who.await(who.node().contacts()));
    }

    private boolean isContact(SimNode who) {
        var contacts = who.node().contacts().toCompletableFuture();
        time.runUntilIdle();
        return !contacts.join().isEmpty();
    }

    private static Contact onlyContact(SimNode who) {
        List<Contact> contacts = who.await(who.node().contacts());
        assertEquals(1, contacts.size(), contacts::toString);
        return contacts.get(0);
    }

    private static List<String> texts(SimNode who, AccountId contact) {
        return who.await(who.node().history(contact, HistoryPage.newest(100))).stream()
                .map(Message::text)
                .map(text -> text.value())
                .toList();
    }
}

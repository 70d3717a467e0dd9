package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.ContactRequest;
import sotto.node.api.Conversation;
import sotto.node.api.FeedEvent;
import sotto.node.api.InvitationTerms;
import sotto.node.wire.RecognitionMessage;
import sotto.node.wire.WireLimits;

/** Proves that a node keeps no more than its limits say, and shows no more than a reply holds. */
class NodeLimitsTest {
    private static final NodeLimits SMALL = new NodeLimits(2, 3, 2, 10, 4, NodeLimits.STANDARD.dials());

    private final VirtualTime time = new VirtualTime(5);
    private final SimNetwork network = new SimNetwork(new SplittableRandom(5));
    private final Multiaddr home = network.freeAddress();
    private final SimNode alice = new SimNode("Alice", time, network, () -> home).limitedTo(SMALL);

    @BeforeEach
    void createAlice() {
        alice.create();
    }

    @Test
    void nobodyBecomesAContactBeyondTheLimit() {
        String code = invite(alice, 5);
        List<SimNode> others = List.of(newNode("Bob"), newNode("Carol"), newNode("Dave"));
        others.forEach(other -> knock(other, code));
        assertEquals(2, alice.await(alice.node().contacts()).size());
        assertEquals(3, alice.await(alice.node().invitations()).get(0).usesLeft());
        assertEquals(1, others.get(2).await(others.get(2).node().knocks()).size());
        String theirs = invite(others.get(2), 1);
        assertRefused(alice.node().addContact(new ContactRequest(theirs, "", "")));
    }

    @Test
    void noInvitationIsMadeBeyondTheLimit() {
        for (int i = 0; i < SMALL.invitationsMax(); i++) {
            invite(alice, 1);
        }
        assertRefused(alice.node().invite(new InvitationTerms("", 1, InvitationTerms.DEFAULT_LIFETIME, true)));
        assertEquals(
                SMALL.invitationsMax(), alice.await(alice.node().invitations()).size());
    }

    @Test
    void whomAKnockIsForHasAPlaceThatNobodyElseTakes() {
        SimNode bob = newNode("Bob");
        SimNode carol = newNode("Carol");
        String theirs = invite(carol, 1);
        String another = invite(carol, 1);
        knock(bob, invite(alice, 1));
        carol.crash();
        alice.await(alice.node().addContact(new ContactRequest(theirs, "", "")));
        knock(newNode("Dave"), invite(alice, 1));
        assertEquals(1, alice.await(alice.node().contacts()).size());
        assertRefused(alice.node().addContact(new ContactRequest(another, "", "")));
    }

    @Test
    void aVaultWithMoreContactsThanTheLimitIsNotReadInPart() {
        knock(newNode("Bob"), invite(alice, 1));
        knock(newNode("Carol"), invite(alice, 1));
        alice.crash();
        alice.limitedTo(new NodeLimits(1, 3, 2, 10, 1_000, NodeLimits.STANDARD.dials()));
        assertThrows(CompletionException.class, alice::restart);
    }

    @Test
    void everybodyWhoMayBeThereIsRecognised() {
        assertTrue(
                NodeLimits.STANDARD.contactsMax() + NodeLimits.STANDARD.knocksMax() <= RecognitionMessage.ENTRIES_MAX);
    }

    @Test
    void noKnockIsQueuedBeyondTheLimit() {
        SimNode bob = newNode("Bob");
        List<String> codes = new ArrayList<>();
        for (int i = 0; i <= SMALL.knocksMax(); i++) {
            codes.add(invite(bob, 1));
        }
        network.tear();
        for (String code : codes.subList(0, SMALL.knocksMax())) {
            alice.await(alice.node().addContact(new ContactRequest(code, "", "")));
        }
        assertRefused(alice.node().addContact(new ContactRequest(codes.get(SMALL.knocksMax()), "", "")));
        assertEquals(SMALL.knocksMax(), alice.await(alice.node().knocks()).size());
    }

    @Test
    void olderEventsThanTheLimitAreForgotten() {
        knock(newNode("Bob"), invite(alice, 1));
        for (int i = 0; i < 2 * SMALL.eventsKeptMax(); i++) {
            SimPair.write(alice, "text " + i);
        }
        time.advance(SimPair.LONG_ENOUGH);
        List<FeedEvent> told = new ArrayList<>();
        alice.node().subscribe(0, told::add);
        time.runUntilIdle();
        assertEquals(SMALL.eventsKeptMax(), told.size());
    }

    @Test
    void whoeverAsksForOldEventsGetsSomeInEveryTurn() {
        SimNode bob = newNode("Bob");
        knock(bob, invite(alice, 1));
        for (int i = 0; i < 2 * Feed.EVENTS_PER_TURN; i++) {
            SimPair.write(bob, "text " + i);
        }
        time.advance(SimPair.LONG_ENOUGH);
        List<Integer> toldInTurn = new ArrayList<>();
        List<FeedEvent> told = new ArrayList<>();
        bob.node().subscribe(0, told::add);
        bob.node().status().thenAccept(afterFirstTurn -> toldInTurn.add(told.size()));
        time.runUntilIdle();
        assertEquals(List.of(Feed.EVENTS_PER_TURN), toldInTurn);
        assertTrue(told.size() > 2 * Feed.EVENTS_PER_TURN, told::toString);
        List<Long> sequences = told.stream().map(FeedEvent::sequence).toList();
        assertEquals(sequences.stream().sorted().distinct().toList(), sequences);
    }

    @Test
    void aConversationShowsTheBeginningOfALongText() {
        knock(newNode("Bob"), invite(alice, 1));
        SimPair.write(alice, "\t".repeat(WireLimits.TEXT_BYTES_MAX));
        Conversation conversation = alice.await(alice.node().conversations()).get(0);
        int characters = conversation.newest().orElseThrow().text().value().length();
        // A tab becomes four blanks.
        assertEquals(4 * Views.PREVIEW_CHARACTERS_MAX, characters);
        assertEquals(
                4 * WireLimits.TEXT_BYTES_MAX,
                SimPair.history(alice).get(0).text().value().length());
    }

    @Test
    void aConversationThatWasReadCostsNoCommit() {
        SimNode bob = newNode("Bob");
        knock(bob, invite(alice, 1));
        SimPair.write(bob, "hello");
        time.advance(SimPair.LONG_ENOUGH);
        int before = alice.disk().commits();
        alice.await(alice.node().markRead(SimPair.contactOf(alice).id()));
        assertEquals(before + 1, alice.disk().commits());
        alice.await(alice.node().markRead(SimPair.contactOf(alice).id()));
        assertEquals(before + 1, alice.disk().commits());
    }

    private SimNode newNode(String name) {
        SimNode made = new SimNode(name, time, network, network::freeAddress);
        made.create();
        return made;
    }

    private static String invite(SimNode who, int uses) {
        return who.await(who.node().invite(new InvitationTerms("", uses, InvitationTerms.DEFAULT_LIFETIME, true)))
                .code();
    }

    private void knock(SimNode who, String code) {
        who.await(who.node().addContact(new ContactRequest(code, "", "")));
        time.advance(SimPair.LONG_ENOUGH);
    }

    private void assertRefused(CompletionStage<?> command) {
        CompletionException failure = assertThrows(CompletionException.class, () -> alice.await(command));
        assertInstanceOf(
                ApiError.NotAllowed.class,
                assertInstanceOf(ApiException.class, failure.getCause()).error());
    }
}

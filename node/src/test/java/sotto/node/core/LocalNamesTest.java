package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.AccountId;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Contact;
import sotto.node.api.ContactRequest;
import sotto.node.api.DisplayName;
import sotto.node.api.Event;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;

/** Proves that nobody can, by the name they choose, be taken for another contact, for an id or for ourselves. */
class LocalNamesTest {
    private static final int USES = 10;

    private final VirtualTime time = new VirtualTime(1);
    private final SimNetwork network = new SimNetwork(new SplittableRandom(1));
    private final SimNode alice = new SimNode("Alice", time, network, network::freeAddress);
    private String code = "";

    @BeforeEach
    void invite() {
        alice.create();
        Invitation invitation =
                alice.await(alice.node().invite(new InvitationTerms("", USES, InvitationTerms.DEFAULT_LIFETIME, true)));
        code = invitation.code();
    }

    @Test
    void whoLooksLikeAContactIsNumberedAndDoesNotTakeItsPlace() {
        Contact bob = knockAs("Bob");
        Contact stranger = knockAs("bob");
        Contact cyrillic = knockAs("B\u043Eb");
        assertEquals("bob 2", stranger.name().toString());
        assertEquals("B\u043Eb 3", cyrillic.name().toString());
        assertEquals(bob.id(), find("bob").id());
        assertEquals(bob.id(), find("BOB").id());
        assertInstanceOf(ApiError.NoSuchContact.class, refusalOf("B\u043Eb"));
        assertEquals(2, find("Bob").lookalikes().size());
    }

    @Test
    void aNameThatCouldBeAnotherIsNotGivenByHandEither() {
        knockAs("Bob");
        Contact carol = knockAs("Carol");
        for (String name : List.of("Bob", "bob", "8ob", "me", "YOU", "cafebabe")) {
            CompletionException failure = assertThrows(
                    CompletionException.class,
                    () -> alice.await(alice.node().renameContact(carol.id(), DisplayName.of(name))),
                    name);
            ApiException refusal = assertInstanceOf(ApiException.class, failure.getCause());
            assertInstanceOf(ApiError.NotAllowed.class, refusal.error());
        }
        alice.await(alice.node().renameContact(carol.id(), DisplayName.of("CAROL")));
        assertEquals("CAROL", find("carol").name().toString());
    }

    @Test
    void aWordThatFitsANameAndAnIdIsRefusedAndNamesTheIds() {
        Contact bob = knockAs("Bob");
        String digit = bob.id().hex().substring(0, 1);
        Contact other = knockAs(digit);
        String message = refusalOf(digit).message();
        assertTrue(message.contains(bob.id().hex().substring(0, 16)), message);
        assertTrue(message.contains(other.id().hex().substring(0, 16)), message);
    }

    @Test
    void anIdMeansItsOwnerAlone() {
        String id = "ab".repeat(32);
        Contact pretender = knockAs(id);
        assertEquals("contact " + id.substring(0, 56), pretender.name().toString());
        assertInstanceOf(ApiError.NoSuchContact.class, refusalOf(id));
        assertEquals("contact CAFEBABE", knockAs("CAFEBABE").name().toString());
        assertEquals("Ada", knockAs("Ada").name().toString());
    }

    @Test
    void nobodyIsCalledAsOurselvesAre() {
        assertEquals("me 2", knockAs("me").name().toString());
        assertEquals("You 2", knockAs("You").name().toString());
        assertEquals("m\u0435 3", knockAs("m\u0435").name().toString());
    }

    @Test
    void aNameInLettersOfSeveralScriptsIsMarked() {
        assertTrue(knockAs("\u0420etra").mixesScripts());
        assertEquals(
                List.of(false, false, false),
                List.of("Petra", "\u041F\u0435\u0442\u0440\u0430", "\u7530\u4E2D Ken").stream()
                        .map(name -> knockAs(name).mixesScripts())
                        .toList());
    }

    @Test
    void aRemovalIsToldToWhoListensAndNotStored() {
        Contact bob = knockAs("Bob");
        List<Event> live = new ArrayList<>();
        alice.node().subscribe(0, event -> live.add(event.event()));
        alice.await(alice.node().removeContact(bob.id()));
        assertTrue(live.contains(new Event.ContactRemoved(bob.id())));
        List<Event> late = new ArrayList<>();
        alice.node().subscribe(0, event -> late.add(event.event()));
        time.advance(Duration.ofMinutes(1));
        assertTrue(late.stream().noneMatch(Event.ContactRemoved.class::isInstance), late::toString);
        // Time and kind: nothing that tells who it was.
        assertEquals(Long.BYTES + 1, new StoredEvent.Removal().toRow(0).size());
    }

    private Contact knockAs(String name) {
        Set<AccountId> before = contacts().stream().map(Contact::id).collect(Collectors.toUnmodifiableSet());
        SimNode who = new SimNode(name, time, network, network::freeAddress);
        who.create();
        who.await(who.node().addContact(new ContactRequest(code, "", "")));
        time.advance(Duration.ofMinutes(10));
        return contacts().stream()
                .filter(contact -> !before.contains(contact.id()))
                .findFirst()
                .orElseThrow();
    }

    private List<Contact> contacts() {
        return alice.await(alice.node().contacts());
    }

    private Contact find(String word) {
        return alice.await(alice.node().findContact(word));
    }

    private ApiError refusalOf(String word) {
        CompletionException failure = assertThrows(CompletionException.class, () -> find(word));
        return assertInstanceOf(ApiException.class, failure.getCause()).error();
    }
}

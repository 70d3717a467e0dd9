package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.RecordStore;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.AccountId;
import sotto.node.api.ContactRequest;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;

/** Proves that people find each other by a code alone, and again after both have moved, with one server of the DHT. */
class DirectoryTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);

    private final VirtualTime time = new VirtualTime(41);
    private final SimNetwork network = new SimNetwork(new SplittableRandom(41));
    private final SimDirectory server = new SimDirectory(time, network, List.of());
    private final SimNode alice = person("Alice");
    private final SimNode bob = person("Bob");

    @Test
    void aCodeWithoutHintsIsEnough() {
        becomeContacts();
        SimPair.write(bob, "found you");
        time.advance(LONG_ENOUGH);
        assertEquals(List.of("found you"), SimPair.texts(alice));
    }

    @Test
    void bothMoveAndFindEachOtherAgain() {
        becomeContacts();
        time.advance(LONG_ENOUGH);
        alice.crash();
        bob.crash();
        alice.restart();
        bob.restart();
        SimPair.write(bob, "still there?");
        time.advance(LONG_ENOUGH);
        assertEquals(List.of("still there?"), SimPair.texts(alice));
    }

    @Test
    void theServerIsReplacedAndTheyFindEachOtherAgain() {
        becomeContacts();
        time.advance(LONG_ENOUGH);
        alice.crash();
        bob.crash();
        server.close();
        SimDirectory other = new SimDirectory(time, network, List.of());
        alice.joining(List.of(other.address())).restart();
        bob.joining(List.of(other.address())).restart();
        SimPair.write(alice, "new place");
        time.advance(LONG_ENOUGH);
        assertEquals(List.of("new place"), SimPair.texts(bob));
    }

    @Test
    void afterMovingOneComesBackWithinAWeekOfTheOthersAbsence() {
        becomeContacts();
        time.advance(LONG_ENOUGH);
        alice.crash();
        time.advance(Duration.ofDays(6));
        SimPair.write(bob, "are you back?");
        alice.restart();
        time.advance(Duration.ofHours(7));
        assertEquals(List.of("are you back?"), SimPair.texts(alice));
    }

    @Test
    void whoeverIsRevokedFindsNobodyByTheCode() {
        alice.create();
        bob.create();
        String code = invite();
        alice.await(alice.node().revokeInvitation("for bob"));
        time.advance(LONG_ENOUGH);
        bob.await(bob.node().addContact(new ContactRequest(code, "", "")));
        time.advance(LONG_ENOUGH);
        assertEquals(List.of(), bob.await(bob.node().contacts()));
        assertFalse(bob.await(bob.node().knocks()).isEmpty());
    }

    @Test
    void whoIsBlockedWhileTheDirectoryIsAskedIsNotDialled() {
        becomeContacts();
        time.advance(LONG_ENOUGH);
        AccountId blocked =
                alice.await(alice.node().status()).account().orElseThrow().id();
        alice.crash();
        bob.crash();
        alice.restart();
        time.advance(LONG_ENOUGH);
        bob.restart();
        time.advanceUntil(() -> hasAsked(bob, alice), LONG_ENOUGH);
        Multiaddr moved = alice.address();
        assertEquals(0, network.dials(moved));
        bob.await(bob.node().setBlocked(blocked, true));
        time.advance(LONG_ENOUGH);
        assertEquals(0, network.dials(moved));
        assertFalse(bob.contactsOnDisk().iterator().next().addresses().contains(moved));
    }

    /** True once {@code reader} has asked for what {@code owner} put there, who are both as they are since their last start. */
    private boolean hasAsked(SimNode reader, SimNode owner) {
        Set<Bytes> keys = server.puts().stream()
                .map(SpyingStore.Put::record)
                .filter(record -> record.from().equals(owner.peer()))
                .map(RecordStore.StoredRecord::key)
                .collect(Collectors.toSet());
        return server.questions().stream()
                .anyMatch(asked -> asked.from().equals(reader.peer()) && keys.contains(asked.key()));
    }

    private void becomeContacts() {
        alice.create();
        bob.create();
        bob.await(bob.node().addContact(new ContactRequest(invite(), "", "")));
        time.advance(LONG_ENOUGH);
        assertEquals(1, bob.await(bob.node().contacts()).size());
    }

    private String invite() {
        Invitation made = alice.await(
                alice.node().invite(new InvitationTerms("for bob", 1, InvitationTerms.DEFAULT_LIFETIME, false)));
        assertEquals(Invitation.Publication.PUBLISHED, made.publication());
        return made.code();
    }

    private SimNode person(String name) {
        return new SimNode(name, time, network, network::freeAddress).joining(List.of(server.address()));
    }
}

package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.AccountId;
import sotto.node.api.ContactRequest;
import sotto.node.api.InvitationTerms;
import sotto.node.contact.StoredContact;
import sotto.node.directory.ContactRecordKeys;
import sotto.node.directory.InvitationCode;
import sotto.node.directory.InvitationRecord;
import sotto.node.directory.PutSchedule;
import sotto.node.directory.RecordWeek;
import sotto.node.directory.SealedRecord;
import sotto.node.directory.SealedRecordValidator;

/** Proves that what somebody leaves in the directory lies there as long as it should and no longer, and that readers leave nothing. */
class DirectoryOwnersTest {
    private static final Crypto CRYPTO = CryptoChoice.fastest();
    private static final Duration A_WHILE = Duration.ofMinutes(3);

    private final VirtualTime time = new VirtualTime(44);
    private final SimNetwork network = new SimNetwork(new SplittableRandom(44));
    private final SimDirectory server = new SimDirectory(time, network, List.of());
    private final Multiaddr home = network.freeAddress();
    private final AtomicInteger starts = new AtomicInteger();
    private final SimNode alice = new SimNode(
                    "Alice", time, network, () -> starts.getAndIncrement() == 0 ? home : network.freeAddress())
            .joining(List.of(server.address()));

    @Test
    void whoIsAwayForAWeekIsStillFoundWhereTheyWere() throws WireException {
        alice.create();
        InvitationCode code = invite(Duration.ofDays(20));
        time.advance(A_WHILE);
        alice.crash();
        time.advance(Duration.ofDays(7).minusHours(1));
        SimNode bob = person("Bob");
        add(bob, code);
        assertTrue(network.dials(home) > 0, "the record was not found");
        alice.restart();
        time.advance(Duration.ofHours(7));
        assertEquals(1, bob.await(bob.node().contacts()).size());
    }

    @Test
    void whoIsAwayForLongerIsNotFoundAnyMore() throws WireException {
        alice.create();
        InvitationCode code = invite(Duration.ofDays(20));
        time.advance(A_WHILE);
        alice.crash();
        time.advance(Duration.ofDays(8).plusHours(3));
        add(person("Bob"), code);
        assertEquals(0, network.dials(home));
        assertEquals(0, server.store().size());
    }

    @Test
    void removingAContactIsSilenceAndNobodyElseNotices() throws WireException {
        alice.create();
        SimNode bob = person("Bob");
        SimNode carol = person("Carol");
        add(bob, invite(Duration.ofDays(1)));
        add(carol, invite(Duration.ofDays(1)));
        time.advance(A_WHILE);
        Set<Bytes> toBob = keysOfRecordsFor(bob);
        Set<Bytes> toCarol = keysOfRecordsFor(carol);
        assertTrue(putSince(Duration.ZERO).stream().anyMatch(toBob::contains));
        alice.await(alice.node().removeContact(id(bob)));
        Duration removedAt = time.now();
        time.advance(Duration.ofDays(9));
        Set<Bytes> put = putSince(removedAt);
        assertTrue(put.stream().noneMatch(toBob::contains));
        assertEquals(2, put.stream().filter(toCarol::contains).count(), "this week's key and the next one's");
        assertTrue(server.store().keys().stream().noneMatch(toBob::contains));
    }

    @Test
    void aRevokedInvitationLeavesATombstoneUntilNobodyCanHaveAValidCode() throws WireException {
        alice.create();
        InvitationCode code = invite(Duration.ofDays(2));
        Bytes key = SealedRecordValidator.key(code.locator());
        assertFalse(content(code).equals(InvitationRecord.TOMBSTONE));
        alice.await(alice.node().revokeInvitation("it"));
        time.advance(A_WHILE);
        assertEquals(InvitationRecord.TOMBSTONE, content(code));
        time.advance(Duration.ofDays(8));
        assertEquals(InvitationRecord.TOMBSTONE, content(code));
        time.advance(Duration.ofDays(1));
        Duration over = time.now();
        time.advance(Duration.ofDays(9));
        assertFalse(putSince(over).contains(key));
        assertTrue(server.store().get(key).isEmpty());
    }

    @Test
    void readersPutNothingNotEvenWhereAServerHasLess() throws WireException {
        SimDirectory forgetful = new SimDirectory(time, network, List.of(server.address()));
        List<Multiaddr> both = List.of(server.address(), forgetful.address());
        forgetful.store().setDropping(true);
        alice.joining(both).create();
        InvitationCode code = invite(Duration.ofDays(7));
        time.advance(A_WHILE);
        Bytes key = SealedRecordValidator.key(code.locator());
        assertTrue(server.store().get(key).isPresent());
        SimNode bob = new SimNode("Bob", time, network, network::freeAddress).joining(both);
        bob.create();
        add(bob, code);
        assertEquals(1, bob.await(bob.node().contacts()).size());
        PeerId reader = bob.peer();
        assertTrue(forgetful.questions().stream().anyMatch(asked -> asked.from().equals(reader)));
        assertTrue(forgetful.puts().stream()
                .noneMatch(put ->
                        put.record().key().equals(key) && put.record().from().equals(reader)));
    }

    @Test
    void ownersLookWhetherARecordIsThereAndPutItAgain() throws WireException {
        alice.create();
        server.store().setDropping(true);
        InvitationCode code = invite(Duration.ofDays(7));
        assertTrue(server.store().get(SealedRecordValidator.key(code.locator())).isEmpty());
        server.store().setDropping(false);
        time.advance(A_WHILE);
        assertTrue(server.store().get(SealedRecordValidator.key(code.locator())).isPresent());
    }

    @Test
    void anOwnerWhoIsAServerDoesNotTakeItsOwnCopyForThatOfOthers() throws WireException {
        alice.serving().create();
        server.store().setDropping(true);
        Bytes key = SealedRecordValidator.key(invite(Duration.ofDays(7)).locator());
        assertTrue(server.store().get(key).isEmpty());
        server.store().setDropping(false);
        time.advance(A_WHILE);
        assertTrue(server.store().get(key).isPresent());
    }

    @Test
    void whatChangesWhileItIsPutIsPutAgainAsSoonAsThatMayBe() throws WireException {
        alice.create();
        List<InvitationCode> codes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            codes.add(revokeDuringItsFirstPut("revoked " + i));
        }
        time.advance(PutSchedule.PAUSE.plus(PutSchedule.PROMPT));
        for (InvitationCode code : codes) {
            assertEquals(InvitationRecord.TOMBSTONE, content(code));
        }
    }

    @Test
    void whoComesOutOfABackupIsNotLockedOut() throws WireException {
        alice.create();
        InvitationCode code = invite(Duration.ofDays(20));
        SimNode older = alice.stolen(network::freeAddress).joining(List.of(server.address()));
        long before = record(code).sequence();
        for (int i = 0; i < 5; i++) {
            alice.crash();
            alice.restart();
            time.advance(A_WHILE);
        }
        long last = record(code).sequence();
        assertTrue(last > before);
        alice.crash();
        older.restart();
        time.advance(A_WHILE);
        assertTrue(record(code).sequence() > last, "the backup's own count is still " + before);
    }

    /** The record is sealed and on its way, and no server has answered yet. */
    private InvitationCode revokeDuringItsFirstPut(String label) throws WireException {
        int asked = server.questions().size();
        var made = alice.node().invite(new InvitationTerms(label, 1, Duration.ofDays(2), false));
        time.advanceUntil(() -> server.questions().size() > asked, A_WHILE);
        assertFalse(made.toCompletableFuture().isDone());
        alice.await(alice.node().revokeInvitation(label));
        InvitationCode code = InvitationCode.parse(alice.await(made).code());
        assertFalse(content(code).equals(InvitationRecord.TOMBSTONE), "it was revoked too early");
        return code;
    }

    /** Where Alice's records for a contact of hers lie in the weeks to come, as that contact derives it. */
    private Set<Bytes> keysOfRecordsFor(SimNode reader) {
        StoredContact contact = reader.contactsOnDisk().iterator().next();
        ContactRecordKeys.Direction direction = new ContactRecordKeys.Direction(contact.id(), id(reader));
        SecretBytes root = contact.pairRoots().get(0);
        Set<Bytes> keys = new HashSet<>();
        for (int day = 0; day < 21; day++) {
            Instant at = VirtualTime.START.plus(time.now()).plus(Duration.ofDays(day));
            RecordWeek week = RecordWeek.at(CRYPTO, root, at);
            try (ContactRecordKeys derived = ContactRecordKeys.derive(CRYPTO, root, direction, week)) {
                keys.add(SealedRecordValidator.key(derived.locator(CRYPTO)));
            }
        }
        return keys;
    }

    private Set<Bytes> putSince(Duration from) {
        return server.puts().stream()
                .filter(put -> put.at().compareTo(from) > 0)
                .map(put -> put.record().key())
                .collect(Collectors.toSet());
    }

    private SealedRecord record(InvitationCode code) throws WireException {
        Bytes value = server.store()
                .get(SealedRecordValidator.key(code.locator()))
                .orElseThrow()
                .value();
        return SealedRecord.checked(CRYPTO, value, code.locator(), VirtualTime.START.plus(time.now()));
    }

    private Bytes content(InvitationCode code) throws WireException {
        try (SecretBytes readKey = code.secret().readKey(CRYPTO, code.locator())) {
            return record(code).open(CRYPTO, readKey);
        }
    }

    private InvitationCode invite(Duration lifetime) throws WireException {
        String label = alice.await(alice.node().invitations()).isEmpty() ? "it" : "";
        InvitationTerms terms = new InvitationTerms(label, 1, lifetime, false);
        return InvitationCode.parse(alice.await(alice.node().invite(terms)).code());
    }

    private void add(SimNode who, InvitationCode code) {
        who.await(who.node().addContact(new ContactRequest(code.text(), "", "")));
        time.advance(A_WHILE);
    }

    private static AccountId id(SimNode who) {
        return who.await(who.node().status()).account().orElseThrow().id();
    }

    private SimNode person(String name) {
        SimNode person = new SimNode(name, time, network, network::freeAddress).joining(List.of(server.address()));
        person.create();
        return person;
    }
}

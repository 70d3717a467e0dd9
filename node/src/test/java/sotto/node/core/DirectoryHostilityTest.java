package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.host.HostException;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.ContactRequest;
import sotto.node.api.InvitationTerms;
import sotto.node.directory.DirectoryKey;
import sotto.node.directory.InvitationCode;
import sotto.node.directory.InvitationRecord;
import sotto.node.directory.SealedRecord;
import sotto.node.directory.SealedRecordValidator;
import sotto.node.wire.AskToken;
import sotto.node.wire.KnockBlock;
import sotto.node.wire.Protocols;

/**
 * Proves that neither a server of the directory that lies nor whoever has seen a code can overwrite or revoke a record, bring an
 * older one back, or be taken for the inviter.
 */
class DirectoryHostilityTest {
    private static final Crypto CRYPTO = CryptoChoice.fastest();
    private static final Duration A_WHILE = Duration.ofMinutes(3);
    private static final Duration LONG = Duration.ofHours(7);

    private final SplittableRandom random = new SplittableRandom(43);
    private final VirtualTime time = new VirtualTime(43);
    private final SimNetwork network = new SimNetwork(random.split());
    private final SimDirectory honest = new SimDirectory(time, network, List.of());
    private final SimDirectory liar = SimDirectory.withoutRules(time, network, List.of(honest.address()));

    @Test
    void serversRefuseWhatAHolderOfTheCodePuts() throws WireException {
        SimNode alice = person("Alice", List.of(honest.address()));
        InvitationCode code = invite(alice, false);
        Bytes older = stored(code);
        alice.crash();
        time.advance(Duration.ofDays(1));
        alice.restart();
        time.advance(A_WHILE);
        Bytes newer = stored(code);
        assertTrue(!newer.equals(older));
        for (Bytes forged : forgeries(code, newer)) {
            CompletionException refused = assertThrows(CompletionException.class, () -> put(code, forged));
            assertTrue(refused.getCause() instanceof HostException);
        }
        assertThrows(CompletionException.class, () -> put(code, older));
        assertEquals(newer, stored(code));
        time.advance(Duration.ofDays(9));
        assertThrows(CompletionException.class, () -> put(code, newer));
    }

    @Test
    void readersBelieveNoServerThatLies() throws WireException {
        SimNode alice = person("Alice", List.of(liar.address()));
        SimNode bob = person("Bob", List.of(liar.address()));
        honest.close();
        InvitationCode code = invite(alice, false);
        Bytes key = SealedRecordValidator.key(code.locator());
        Bytes genuine = liar.store().get(key).orElseThrow().value();
        List<Bytes> forgeries = forgeries(code, genuine);
        liar.store().lie(key, forgeries.get(0));
        bob.await(bob.node().addContact(new ContactRequest(code.text(), "", "")));
        for (Bytes forged : forgeries) {
            liar.store().lie(key, forged);
            time.advance(Duration.ofMinutes(30));
            assertEquals(List.of(), bob.await(bob.node().contacts()));
            assertEquals(1, bob.await(bob.node().knocks()).size());
        }
        liar.store().lie(key, genuine);
        time.advance(LONG);
        assertEquals(1, bob.await(bob.node().contacts()).size());
    }

    @Test
    void readersGoBackToNoOlderRecord() throws WireException {
        Multiaddr before = network.freeAddress();
        AtomicInteger starts = new AtomicInteger();
        SimNode alice = new SimNode(
                        "Alice", time, network, () -> starts.getAndIncrement() == 0 ? before : network.freeAddress())
                .joining(List.of(liar.address()));
        alice.create();
        SimNode bob = person("Bob", List.of(liar.address()));
        honest.close();
        InvitationCode code = invite(alice, false);
        Bytes key = SealedRecordValidator.key(code.locator());
        Bytes older = liar.store().get(key).orElseThrow().value();
        alice.crash();
        time.advance(Duration.ofDays(1));
        alice.restart();
        time.advance(A_WHILE);
        Bytes newer = liar.store().get(key).orElseThrow().value();
        addContact(bob, code);
        assertEquals(1, bob.await(bob.node().contacts()).size());
        bob.await(bob.node().removeContact(SimPair.contactOf(bob).id()));
        alice.crash();
        liar.store().lie(key, older);
        addContact(bob, code);
        assertEquals(0, network.dials(before));
        // Who has never seen the newer one cannot know better.
        SimNode carol = person("Carol", List.of(liar.address()));
        addContact(carol, code);
        assertTrue(network.dials(before) > 0);
        assertTrue(!newer.equals(older));
    }

    @Test
    void whoHasSeenTheCodeIsNotTakenForTheInviter() throws WireException {
        Multiaddr home = network.freeAddress();
        SimNode alice = new SimNode("Alice", time, network, () -> home).joining(List.of(honest.address()));
        alice.create();
        SimNode mallory = person("Mallory", List.of(honest.address()));
        SimNode bob = person("Bob", List.of(honest.address()));
        InvitationCode code = invite(alice, true);
        Bytes genuine = stored(code);
        Bytes mallorys = stored(invite(mallory, false));
        alice.crash();
        AtomicInteger knocked = new AtomicInteger();
        // At Alice's address there is now somebody who hands out first her own record, then Alice's, and takes the
        // knock.
        SimHost there = standIn(home, mallorys, knocked);
        bob.await(bob.node().addContact(new ContactRequest(code.text(), "", "")));
        time.advance(A_WHILE);
        there.close();
        SimHost again = standIn(home, genuine, knocked);
        time.advance(LONG);
        assertTrue(knocked.get() > 0);
        assertEquals(List.of(), bob.await(bob.node().contacts()));
        again.close();
        alice.restart();
        time.advance(LONG);
        assertEquals("Alice", SimPair.contactOf(bob).name().toString());
        assertEquals(
                alice.await(alice.node().status()).account().orElseThrow().id(),
                SimPair.contactOf(bob).id());
    }

    /** What can be made of a code, which has the read key, and of all that was ever seen: without the directory key. */
    private List<Bytes> forgeries(InvitationCode code, Bytes genuine) throws WireException {
        SimNode mallory = person("Mallory", List.of(liar.address()));
        InvitationCode own = invite(mallory, false);
        Bytes wrongKey = liar.store()
                .get(SealedRecordValidator.key(own.locator()))
                .orElseThrow()
                .value();
        mallory.crash();
        byte[] raised = genuine.toArray();
        raised[35]++;
        Instant later = VirtualTime.START.plus(time.now()).plus(SealedRecord.LIFETIME);
        return List.of(
                wrongKey,
                sealed(code, InvitationRecord.TOMBSTONE, later),
                sealed(code, open(code, genuine), later),
                Bytes.owning(raised),
                new ByteWriter().raw(genuine).u8(0).toBytes(),
                genuine.slice(0, genuine.size() - 1),
                Bytes.EMPTY);
    }

    private Bytes sealed(InvitationCode code, Bytes content, Instant expiresAt) {
        try (SecretBytes readKey = code.secret().readKey(CRYPTO, code.locator());
                DirectoryKey forger = DirectoryKey.generate(CRYPTO, random)) {
            SealedRecord.Draft draft =
                    new SealedRecord.Draft(forger, readKey, expiresAt.toEpochMilli(), expiresAt, content);
            return SealedRecord.seal(CRYPTO, draft, random).encoded();
        }
    }

    private Bytes open(InvitationCode code, Bytes record) throws WireException {
        try (SecretBytes readKey = code.secret().readKey(CRYPTO, code.locator())) {
            return SealedRecord.checked(CRYPTO, record, code.locator(), VirtualTime.START.plus(time.now()))
                    .open(CRYPTO, readKey);
        }
    }

    private SimHost standIn(Multiaddr address, Bytes record, AtomicInteger knocked) {
        SimHost host = new SimHost(network, time.newLoop("stand-in"), address);
        Exchanges exchanges = new Exchanges(host.loop);
        exchanges.serve(
                host,
                Protocols.RECORD,
                AskToken.SIZE_BYTES,
                (connection, question) -> CompletableFuture.completedFuture(record));
        exchanges.serve(host, Protocols.KNOCK, KnockBlock.SIZE_BYTES, (connection, block) -> {
            knocked.incrementAndGet();
            return CompletableFuture.completedFuture(KnockBlock.ANSWER);
        });
        host.start();
        return host;
    }

    /** From somebody whose own program holds it to no rules. */
    private void put(InvitationCode code, Bytes value) {
        var stored = liar.routing()
                .put(SealedRecordValidator.key(code.locator()), value)
                .toCompletableFuture();
        time.advanceUntil(stored::isDone, Duration.ofMinutes(1));
        stored.join();
    }

    private Bytes stored(InvitationCode code) {
        return honest.store()
                .get(SealedRecordValidator.key(code.locator()))
                .orElseThrow()
                .value();
    }

    private void addContact(SimNode who, InvitationCode code) {
        who.await(who.node().addContact(new ContactRequest(code.text(), "", "")));
        time.advance(A_WHILE);
    }

    private static InvitationCode invite(SimNode who, boolean hasHints) throws WireException {
        InvitationTerms terms = new InvitationTerms("", 5, InvitationTerms.DEFAULT_LIFETIME, hasHints);
        return InvitationCode.parse(who.await(who.node().invite(terms)).code());
    }

    private SimNode person(String name, List<Multiaddr> servers) {
        SimNode person = new SimNode(name, time, network, network::freeAddress).joining(servers);
        person.create();
        return person;
    }
}

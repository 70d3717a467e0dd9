package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.ContactRequest;
import sotto.node.api.InvitationTerms;
import sotto.node.contact.StoredContact;
import sotto.node.directory.InvitationCode;
import sotto.node.vault.Vault;

/** Proves that a code leads whoever knows no directory into its maker's, and that hints which lead elsewhere do nothing more. */
class WaysInTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);

    private final VirtualTime time = new VirtualTime(47);
    private final SimNetwork network = new SimNetwork(new SplittableRandom(47));
    private final SimDirectory server = new SimDirectory(time, network, List.of());
    private final SimNode alice = person("Alice").joining(List.of(server.address()));
    private final SimNode bob = person("Bob");

    @Test
    void aCodeLeadsIntoTheDirectoryOfWhoeverMadeIt() throws Exception {
        InvitationCode code = codeOfOneWhoMoved();
        bob.create();
        use(code.text());
        time.advance(LONG_ENOUGH);
        assertEquals(1, bob.await(bob.node().contacts()).size());
        assertTrue(bob.contactsOnDisk().stream()
                .noneMatch(contact -> contact.addresses().contains(server.address())));
    }

    @Test
    void theNextStartNeedsNothingNamed() throws Exception {
        bob.create();
        use(codeOfOneWhoMoved().text());
        time.advance(LONG_ENOUGH);
        bob.crash();
        assertEquals(List.of(server.address()), remembered());
        alice.crash();
        alice.restart();
        bob.restart();
        SimPair.write(bob, "found you again");
        time.advance(LONG_ENOUGH);
        assertEquals(List.of("found you again"), SimPair.texts(alice));
    }

    @Test
    void aCodeNamesItsMakerThenOnlyEntryPointsThatAnswer() throws Exception {
        Multiaddr dead = network.freeAddress();
        Multiaddr carols = network.freeAddress();
        SimNode carol = new SimNode("Carol", time, network, () -> carols).joining(List.of(dead, server.address()));
        carol.create();
        assertEquals(List.of(carols, server.address()), invite(carol).hints());
    }

    @Test
    void hintsOfStrangersEndNoKnockAndAreNobodysAddress() throws Exception {
        InvitationCode genuine = codeOfOneWhoMoved();
        SimDirectory elsewhere = SimDirectory.withoutRules(time, network, List.of());
        Multiaddr dead = network.freeAddress();
        Multiaddr carols = network.freeAddress();
        new SimNode("Carol", time, network, () -> carols).create();
        bob.create();
        use(new InvitationCode(genuine.locator(), genuine.secret(), List.of(dead, carols, elsewhere.address())).text());
        time.advance(LONG_ENOUGH);
        assertEquals(List.of(), bob.await(bob.node().contacts()));
        assertEquals(1, bob.await(bob.node().knocks()).size());
        assertTrue(network.dials(dead) <= 16, "the budget of an address holds for hints");
        bob.crash();
        assertEquals(List.of(elsewhere.address()), remembered());
        elsewhere.close();
        bob.joining(List.of(server.address())).restart();
        time.advance(LONG_ENOUGH);
        List<StoredContact> met = List.copyOf(bob.contactsOnDisk());
        assertEquals(1, met.size());
        assertTrue(Stream.of(dead, carols, elsewhere.address())
                .noneMatch(met.get(0).addresses()::contains));
    }

    @Test
    void whoeverHasJoinedEntersNowhereElse() throws Exception {
        InvitationCode genuine = codeOfOneWhoMoved();
        SimDirectory elsewhere = SimDirectory.withoutRules(time, network, List.of());
        bob.joining(List.of(server.address())).create();
        time.advance(LONG_ENOUGH);
        use(new InvitationCode(genuine.locator(), genuine.secret(), List.of(elsewhere.address())).text());
        time.advance(LONG_ENOUGH);
        assertEquals(1, bob.await(bob.node().contacts()).size());
        bob.crash();
        assertEquals(List.of(server.address()), remembered());
    }

    @Test
    void aCodeWithTooManyHintsIsRefusedUndialled() throws Exception {
        Multiaddr fourth = network.freeAddress();
        String code = codeOfOneWhoMoved().text();
        String tooMany = code + "&via=" + network.freeAddress() + "&via=" + fourth;
        bob.create();
        assertThrows(CompletionException.class, () -> use(tooMany));
        time.advance(LONG_ENOUGH);
        assertEquals(0, network.dials(fourth));
        assertEquals(List.of(), bob.await(bob.node().knocks()));
    }

    /** Where Alice was when she made it, she is no more. */
    private InvitationCode codeOfOneWhoMoved() throws WireException {
        alice.create();
        InvitationCode code = invite(alice);
        alice.crash();
        alice.restart();
        time.advance(LONG_ENOUGH);
        return code;
    }

    private static InvitationCode invite(SimNode inviter) throws WireException {
        InvitationTerms terms = new InvitationTerms("", 1, InvitationTerms.DEFAULT_LIFETIME, true);
        return InvitationCode.parse(inviter.await(inviter.node().invite(terms)).code());
    }

    private void use(String code) {
        bob.await(bob.node().addContact(new ContactRequest(code, "", "")));
    }

    /** The ways in that are in the vault of Bob, whose node does not run. */
    private List<Multiaddr> remembered() throws Exception {
        try (Vault vault = bob.openDisk()) {
            return vault.read(EntryPoints::named);
        }
    }

    private SimNode person(String name) {
        return new SimNode(name, time, network, network::freeAddress);
    }
}

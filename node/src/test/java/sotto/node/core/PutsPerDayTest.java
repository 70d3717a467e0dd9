package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.Ed25519PublicKey;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.crypto.X25519PublicKey;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.contact.ContactBook;
import sotto.node.contact.StoredContact;
import sotto.node.delivery.Outbox;
import sotto.node.directory.PutSchedule;
import sotto.node.vault.Transaction;
import sotto.node.vault.Vault;
import sotto.node.vault.VaultException;
import sotto.node.wire.AccountKeys;

/**
 * Proves that each record of a node is put about every 22 hours, each at a time of its own, and measures what that makes in a day;
 * {@code docs/protocol/directory.md} gives the figures.
 */
class PutsPerDayTest {
    private static final System.Logger LOG = System.getLogger(PutsPerDayTest.class.getName());
    private static final Crypto CRYPTO = CryptoChoice.fastest();
    private static final int DAYS = 3;

    private final SplittableRandom random = new SplittableRandom(45);
    private final VirtualTime time = new VirtualTime(45);
    private final SimNetwork network = new SimNetwork(random.split());
    private final SimDirectory server = new SimDirectory(time, network, List.of());
    private final SimNode alice =
            new SimNode("Alice", time, network, network::freeAddress).joining(List.of(server.address()));

    @ParameterizedTest
    @ValueSource(ints = {50, 500})
    void putsGrowWithContactsAlone(int contacts) throws VaultException {
        alice.create();
        alice.crash();
        makeContacts(contacts);
        alice.restart();
        Duration startedAt = time.now();
        time.advance(PutSchedule.PROMPT.plusMinutes(5));
        long put = keysPut();
        // Few weeks end just now, and then the next one's records are put as well.
        assertTrue(put >= contacts && put <= contacts + 5, put + " records are put at the start");
        time.advance(Duration.ofDays(1));
        int first = server.puts().size();
        int questions = server.questions().size();
        time.advance(Duration.ofDays(DAYS - 1));
        double later = (server.puts().size() - first) / (DAYS - 1.0);
        double asked = (server.questions().size() - questions) / (DAYS - 1.0);
        LOG.log(
                System.Logger.Level.INFO,
                "{0} contacts, all away: {1} puts on the first day, {2} a day later; {3} questions a day",
                contacts,
                first,
                later,
                asked);
        // One in 22 h, and the move of a key at the end of its week.
        assertTrue(later >= contacts && later <= 1.3 * contacts, later + " puts a day");
        assertEachAtItsOwnTime(startedAt);
    }

    private void assertEachAtItsOwnTime(Duration startedAt) {
        Map<Bytes, List<Duration>> times = new HashMap<>();
        server.puts()
                .forEach(put -> times.computeIfAbsent(put.record().key(), fresh -> new ArrayList<>())
                        .add(put.at()));
        Duration least = PutSchedule.REPUBLISH.minus(PutSchedule.REPUBLISH_JITTER);
        for (List<Duration> own : times.values()) {
            for (int i = 1; i < own.size(); i++) {
                assertTrue(own.get(i).minus(own.get(i - 1)).compareTo(least) >= 0, "too soon after the last put");
            }
        }
        // A day later, what was put within seconds is spread over four hours.
        long hours = times.values().stream()
                .filter(own -> own.size() > 1)
                .map(own -> own.get(1).minus(startedAt).toMinutes() / 15)
                .distinct()
                .count();
        assertTrue(hours >= 12, "the second puts fall into " + hours + " quarters of an hour");
    }

    private long keysPut() {
        return server.puts().stream().map(put -> put.record().key()).distinct().count();
    }

    /** Contacts who never come: what a node does for them is all that is measured. */
    private void makeContacts(int count) throws VaultException {
        Vault vault = alice.openDisk();
        ContactBook book = vault.read(tables -> new ContactBook(tables, count));
        vault.write(transaction -> {
            for (int i = 0; i < count; i++) {
                makeContact(transaction, book, i);
            }
        });
        time.advance(Duration.ofSeconds(1));
        vault.close();
    }

    private void makeContact(Transaction transaction, ContactBook book, int number) {
        AccountKeys keys = new AccountKeys(new Ed25519PublicKey(fresh()), new X25519PublicKey(fresh()));
        StoredContact contact = new StoredContact(
                book.nextNumber(transaction),
                new StoredContact.Person(keys.id(CRYPTO), keys, "", VirtualTime.START),
                new StoredContact.Names("C" + number, "C" + number, ""),
                StoredContact.Marks.NONE,
                List.of(SecretBytes.random(32, random)),
                List.of(network.freeAddress()));
        book.put(transaction, contact);
        new Outbox().begin(transaction, contact.number(), random);
    }

    private Bytes fresh() {
        return network.fresh(32);
    }
}

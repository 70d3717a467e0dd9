package sotto.node.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.AccountId;
import sotto.node.api.ContactRequest;
import sotto.node.api.InvitationTerms;
import sotto.node.contact.StoredContact;
import sotto.node.directory.ContactRecordKeys;
import sotto.node.directory.InvitationCode;
import sotto.node.directory.RecordWeek;
import sotto.node.directory.SealedRecordValidator;
import sotto.node.wire.AccountKeys;

/**
 * Some people who live for days under the eyes of the one server of their directory, which keeps all that it hears; and whose each
 * record was, which the server does not know. They sit in a circle, each a contact of the two to either side, with clocks that are
 * half an hour wrong; they come and go, and some of them come twice within an hour.
 */
final class WatchedPeople {
    static final int COUNT = 16;
    private static final int NEIGHBOURS = 2;
    private static final int DAYS = 3;
    private static final double CLOCK_ERROR_MILLIS = Duration.ofMinutes(30).toMillis();
    private static final Crypto CRYPTO = CryptoChoice.fastest();

    private final SplittableRandom random = new SplittableRandom(24);
    private final VirtualTime time = new VirtualTime(24);
    private final SimNetwork network = new SimNetwork(random.split());
    private final SimDirectory server = new SimDirectory(time, network, List.of());
    private final List<SimNode> people = new ArrayList<>();
    private final Map<PeerId, Integer> whose = new HashMap<>();
    private final List<String> codes = new ArrayList<>();
    private final Map<AccountId, Integer> numbers = new HashMap<>();
    private final Map<Integer, AccountKeys> accounts = new HashMap<>();
    private final Map<Bytes, Relation> relations = new HashMap<>();

    /** Who left a contact record for whom. */
    record Relation(int publisher, int reader) {
        Relation reversed() {
            return new Relation(reader, publisher);
        }
    }

    /**
     * A record as the server has it, and what only the test knows.
     *
     * @param from which start of a node put it, as host keys tell
     * @param at when it came
     * @param owner who put it
     * @param relation for whom; empty for an invitation's
     */
    record Seen(PeerId from, Duration at, Bytes key, Bytes value, int owner, Optional<Relation> relation) {
        long number(int offset) {
            long number = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                number = number << Byte.SIZE | (value.at(offset + i) & 0xff);
            }
            return number;
        }

        /** How far a number of milliseconds in the record is from the hour in which the record came. */
        double beyondHourMillis(int offset) {
            Instant hour = VirtualTime.START.plus(at).truncatedTo(ChronoUnit.HOURS);
            return number(offset) - hour.toEpochMilli();
        }
    }

    void live() {
        for (int i = 0; i < COUNT; i++) {
            SimNode person =
                    new SimNode("P" + i, time, network, network::freeAddress).joining(List.of(server.address()));
            person.setClockSkew(Duration.ofMillis(Math.round(random.nextGaussian() * CLOCK_ERROR_MILLIS)));
            person.create();
            people.add(person);
            note(i);
        }
        for (int i = 0; i < COUNT; i++) {
            becomeContactsOfTheNext(i);
        }
        for (int day = 0; day < DAYS; day++) {
            time.advance(Duration.ofHours(22));
            for (int i = 0; i < COUNT; i++) {
                time.advance(Duration.ofMinutes(random.nextInt(15)));
                restart(i);
            }
            time.advance(Duration.ofMinutes(10));
            restart(day);
            restart(day + DAYS);
        }
        time.advance(Duration.ofHours(1));
        people.forEach(this::learn);
    }

    private void becomeContactsOfTheNext(int inviter) {
        InvitationTerms terms = new InvitationTerms("", NEIGHBOURS, InvitationTerms.DEFAULT_LIFETIME, false);
        SimNode host = people.get(inviter);
        String code = host.await(host.node().invite(terms)).code();
        codes.add(code);
        for (int i = 1; i <= NEIGHBOURS; i++) {
            SimNode guest = people.get((inviter + i) % COUNT);
            guest.await(guest.node().addContact(new ContactRequest(code, "", "")));
        }
        time.advance(Duration.ofMinutes(5));
    }

    private void restart(int person) {
        people.get(person).crash();
        people.get(person).restart();
        note(person);
    }

    private void note(int person) {
        SimNode node = people.get(person);
        whose.put(node.peer(), person);
        numbers.put(node.await(node.node().status()).account().orElseThrow().id(), person);
    }

    /** Derives from pair roots where each contact's record for this one lies. */
    private void learn(SimNode reader) {
        AccountId own =
                reader.await(reader.node().status()).account().orElseThrow().id();
        for (StoredContact contact : reader.contactsOnDisk()) {
            int publisher = number(contact.id());
            accounts.put(publisher, contact.person().keys());
            ContactRecordKeys.Direction direction = new ContactRecordKeys.Direction(contact.id(), own);
            for (int day = 0; day <= DAYS; day++) {
                Instant at = VirtualTime.START.plus(Duration.ofDays(day));
                contact.pairRoots().forEach(root -> {
                    RecordWeek week = RecordWeek.at(CRYPTO, root, at);
                    try (ContactRecordKeys keys = ContactRecordKeys.derive(CRYPTO, root, direction, week)) {
                        relations.put(
                                SealedRecordValidator.key(keys.locator(CRYPTO)), new Relation(publisher, number(own)));
                    }
                });
            }
        }
    }

    private int number(AccountId person) {
        return Optional.ofNullable(numbers.get(person)).orElseThrow();
    }

    /** The code that a person gave away. */
    InvitationCode code(int person) {
        try {
            return InvitationCode.parse(codes.get(person));
        } catch (WireException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The public keys of a person, which contacts and everybody with a code know. */
    AccountKeys account(int person) {
        return Optional.ofNullable(accounts.get(person)).orElseThrow();
    }

    static boolean areContacts(int one, int other) {
        int apart = Math.floorMod(one - other, COUNT);
        return apart > 0 && (apart <= NEIGHBOURS || apart >= COUNT - NEIGHBOURS);
    }

    /** Every record that came, each of its versions once. */
    List<Seen> records() {
        List<Seen> seen = new ArrayList<>();
        Set<Bytes> known = new HashSet<>();
        for (SpyingStore.Put put : server.puts()) {
            PeerId from = put.record().from();
            Bytes key = put.record().key();
            if (known.add(put.record().value())) {
                Optional<Relation> relation = Optional.ofNullable(relations.get(key));
                seen.add(new Seen(
                        from,
                        put.at(),
                        key,
                        put.record().value(),
                        Optional.ofNullable(whose.get(from)).orElseThrow(),
                        relation));
            }
        }
        return seen;
    }

    /** Who answers with a record to a crawler that asks everybody for {@code questions}. */
    Set<Integer> answering(List<Bytes> questions) {
        return new RecordCrawler(time, network)
                .answering(people.stream().map(SimNode::address).toList(), questions);
    }

    /** Whom the server takes for contacts, who sees whose addresses ask for what came from whose. */
    Set<Relation> askedForEachOther() {
        Map<Bytes, Integer> owners = new HashMap<>();
        records().forEach(record -> owners.put(record.key(), record.owner()));
        Set<Relation> asked = new HashSet<>();
        for (SimDirectory.Question question : server.questions()) {
            Integer owner = owners.get(question.key());
            Integer reader = whose.get(question.from());
            if (owner != null && reader != null && !owner.equals(reader)) {
                asked.add(new Relation(owner, reader));
            }
        }
        return asked;
    }
}

package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.node.core.WatchedPeople.Relation;
import sotto.node.core.WatchedPeople.Seen;

/**
 * Proves that a server of the directory that keeps everything cannot tell by size, key or content whose a record is, which two are
 * of one person, or which two are of contacts: it plays that server, compares in the ways below, and does no better than a coin.
 * Nor does it find an owner by asking everybody for all that it has.
 * Addresses and times do tell, which shows that the test can see something. To a server that sees all of a small world: addresses
 * tell of every record whose it is and of every pair of contacts who they are; times alone find for every
 * second record another one of the same person, where a guess is right once in sixteen. The threat model gives these figures.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhatServersLearnTest {
    private static final System.Logger LOG = System.getLogger(WhatServersLearnTest.class.getName());
    private static final Crypto CRYPTO = CryptoChoice.fastest();
    private static final int PAIRS = 2_000;

    /** How many standard errors luck may be from a coin's 0.5. */
    private static final double LUCK = 4;

    /** Of {@code /sotto/}, which is before the locator in a key. */
    private static final int KEY_PREFIX_BYTES = 7;

    private static final int SEQUENCE_AT = 32;
    private static final int EXPIRY_AT = 40;
    private static final int SALT_AT = 48;
    private static final int CIPHERTEXT_AT = 72;
    private static final int SIGNATURE_AT = 4_032;
    private static final int SIZE_BYTES = 4_096;

    private final SplittableRandom random = new SplittableRandom(25);
    private final WatchedPeople people = new WatchedPeople();
    private List<Seen> records = List.of();

    @BeforeAll
    void watch() {
        people.live();
        records = people.records();
    }

    @Test
    void allRecordsHaveOneSize() {
        assertTrue(records.size() > 200, records.size() + " records");
        assertEquals(
                Set.of(SIZE_BYTES),
                records.stream().map(seen -> seen.value().size()).collect(Collectors.toSet()));
    }

    @Test
    void whatRecordsHoldDoesNotTellWhichTwoAreOfOnePerson() {
        assertACoin((a, b) -> !a.key().equals(b.key()) && a.owner() == b.owner(), (a, b) -> a.owner() != b.owner());
    }

    @Test
    void whatRecordsHoldDoesNotTellWhichTwoAreOfOneRelation() {
        assertACoin(
                (a, b) -> a.relation().isPresent()
                        && b.relation().map(Relation::reversed).equals(a.relation()),
                (a, b) -> a.relation().isPresent()
                        && b.relation().isPresent()
                        && a.owner() != b.owner()
                        && !WatchedPeople.areContacts(a.owner(), b.owner()));
    }

    @Test
    void whatRecordsHoldDoesNotTellWhoseTheyAreToWhoeverKnowsTheAccounts() {
        for (boolean isHashed : List.of(false, true)) {
            Guess guess = new Guess((a, b) -> a.owner() == b.owner(), (a, b) -> a.owner() != b.owner());
            double told = guess.told((record, known) -> likeAccount(record, known.owner(), isHashed));
            assertTrue(guess.isLuck(told), "public keys tell with " + told);
        }
    }

    @Test
    void addressesTellWhoKnowsWhom() {
        Set<Relation> asked = people.askedForEachOther();
        long contacts = asked.stream()
                .filter(pair -> WatchedPeople.areContacts(pair.publisher(), pair.reader()))
                .count();
        LOG.log(
                System.Logger.Level.INFO,
                "addresses told {0} directions of contacts, {1} wrongly",
                contacts,
                asked.size() - contacts);
        assertEquals(WatchedPeople.COUNT * 4, contacts);
        assertEquals(0, asked.size() - contacts);
    }

    /** Else a crawler that knows all keys would find whose each record is by asking everybody for each. */
    @Test
    void nobodyServesItsOwnRecordsToWhoeverKnowsAllThatServersHave() {
        Set<Bytes> questions = new LinkedHashSet<>();
        for (Seen seen : records) {
            Bytes locator = seen.key().slice(KEY_PREFIX_BYTES, seen.key().size());
            Bytes directoryKey = seen.value().slice(0, SEQUENCE_AT);
            for (Bytes known : List.of(seen.key(), locator, directoryKey, CRYPTO.sha256(locator))) {
                questions.add(known);
                questions.add(known.slice(0, 16));
            }
        }
        assertEquals(Set.of(), people.answering(List.copyOf(questions)));
        Bytes token = people.code(3).askToken(CRYPTO).bytes();
        assertEquals(Set.of(3), people.answering(List.of(token)));
    }

    /** Two records are taken for one person's if no other came closer in time, or if one start of a node put both. */
    @Test
    void timesAndHostKeysTellWhichTwoAreOfOnePerson() {
        int nearest = 0;
        for (int i = 0; i < records.size(); i++) {
            nearest += nearestInTime(i).owner() == records.get(i).owner() ? 1 : 0;
        }
        double times = nearest / (double) records.size();
        Guess guess = new Guess(
                (a, b) -> !a.key().equals(b.key()) && a.owner() == b.owner(), (a, b) -> a.owner() != b.owner());
        double hosts = guess.told((a, b) -> a.from().equals(b.from()) ? 1 : 0);
        LOG.log(System.Logger.Level.INFO, "times told {0}, host keys {1}", times, hosts);
        assertTrue(times > 0.3, "times tell with " + times + ", where a guess is right once in " + WatchedPeople.COUNT);
        assertTrue(hosts > 0.55, "host keys tell with " + hosts);
    }

    private Seen nearestInTime(int index) {
        Seen record = records.get(index);
        return records.stream()
                .filter(other -> !other.key().equals(record.key()))
                .min(Comparator.comparing(other -> other.at().minus(record.at()).abs()))
                .orElseThrow();
    }

    private void assertACoin(BiPredicate<Seen, Seen> isOne, BiPredicate<Seen, Seen> isOther) {
        Map<String, ToDoubleBiFunction<Seen, Seen>> ways = new LinkedHashMap<>();
        ways.put(
                "bits of the keys",
                (a, b) -> bitsInCommon(a.key(), b.key(), 0, a.key().size()));
        ways.put("bits of the directory keys", (a, b) -> bitsInCommon(a.value(), b.value(), 0, SEQUENCE_AT));
        ways.put("bits of the salts", (a, b) -> bitsInCommon(a.value(), b.value(), SALT_AT, CIPHERTEXT_AT));
        ways.put("bits of the ciphertexts", (a, b) -> bitsInCommon(a.value(), b.value(), CIPHERTEXT_AT, SIGNATURE_AT));
        ways.put("bits of the signatures", (a, b) -> bitsInCommon(a.value(), b.value(), SIGNATURE_AT, SIZE_BYTES));
        ways.put("what is repeated", (a, b) -> repeated(a.value(), b.value()));
        for (int offset : List.of(SEQUENCE_AT, EXPIRY_AT)) {
            ways.put(
                    "the number at " + offset,
                    (a, b) -> -Math.abs(a.beyondHourMillis(offset) - b.beyondHourMillis(offset)));
            ways.put(
                    "the last digits of the number at " + offset,
                    (a, b) -> -Math.abs(a.number(offset) % 1_000 - b.number(offset) % 1_000));
        }
        Guess guess = new Guess(isOne, isOther);
        Map<String, Double> told = new LinkedHashMap<>();
        ways.forEach((name, way) -> told.put(name, guess.told(way)));
        told.values().removeIf(guess::isLuck);
        assertEquals(Map.of(), told);
    }

    /** Pairs of records of two kinds, which somebody wants to tell apart. */
    private final class Guess {
        private final List<Pair> one;
        private final List<Pair> other;

        Guess(BiPredicate<Seen, Seen> isOne, BiPredicate<Seen, Seen> isOther) {
            one = draw(isOne);
            other = draw(isOther);
        }

        private List<Pair> draw(BiPredicate<Seen, Seen> isOfKind) {
            List<Pair> pairs = new ArrayList<>();
            while (pairs.size() < PAIRS) {
                Seen a = records.get(random.nextInt(records.size()));
                Seen b = records.get(random.nextInt(records.size()));
                if (isOfKind.test(a, b)) {
                    pairs.add(new Pair(a, b));
                }
            }
            return pairs;
        }

        /** How often one of the first kind looks more alike than one of the other: a coin's is 0.5. Half of the equal ones count. */
        double told(ToDoubleBiFunction<Seen, Seen> likeness) {
            return IntStream.range(0, PAIRS)
                    .mapToDouble(i -> one.get(i).by(likeness) - other.get(i).by(likeness))
                    .map(difference -> (1 + Math.signum(difference)) / 2)
                    .average()
                    .orElseThrow();
        }

        /** Whether a coin may well come to {@code told}: versions of one record are as one, so there are fewer pairs than drawn. */
        boolean isLuck(double told) {
            double error = Math.sqrt((1 / distinct(one) + 1 / distinct(other)) / 12);
            return Math.abs(told - 0.5) < LUCK * error;
        }

        private static double distinct(List<Pair> pairs) {
            return pairs.stream()
                    .map(pair -> new HashSet<>(List.of(pair.a.key(), pair.b.key())))
                    .distinct()
                    .count();
        }
    }

    private record Pair(Seen a, Seen b) {
        double by(ToDoubleBiFunction<Seen, Seen> likeness) {
            return likeness.applyAsDouble(a, b);
        }
    }

    private double likeAccount(Seen record, int person, boolean isHashed) {
        Bytes signing = people.account(person).signing().bytes();
        Bytes id = Bytes.ofHex(people.account(person).id(CRYPTO).hex());
        double most = 0;
        for (Bytes known : List.of(signing, people.account(person).agreement().bytes(), id)) {
            Bytes compared = isHashed ? CRYPTO.sha256(known) : known;
            most = Math.max(most, bitsInCommon(compared, record.value(), 0, 32));
            most = Math.max(most, bitsInCommon(compared, record.key().slice(7, 26), 0, 19));
            most = Math.max(most, 1_000 * repeated(compared, record.value()));
        }
        return most;
    }

    private static double bitsInCommon(Bytes one, Bytes other, int from, int to) {
        int common = 0;
        for (int i = from; i < to; i++) {
            common += Byte.SIZE - Integer.bitCount((one.at(i) ^ other.at(i)) & 0xff);
        }
        return common;
    }

    /** How many runs of four bytes of one are somewhere in the other; of two records, behind their numbers. */
    private static double repeated(Bytes one, Bytes other) {
        Set<Integer> runs = new HashSet<>();
        for (int i = one.size() == SIZE_BYTES ? SALT_AT : 0; i + 4 <= one.size(); i++) {
            runs.add(run(one, i));
        }
        int found = 0;
        for (int i = SALT_AT; i + 4 <= other.size(); i++) {
            found += runs.contains(run(other, i)) ? 1 : 0;
        }
        return found;
    }

    private static int run(Bytes bytes, int at) {
        return bytes.at(at) << 24
                | (bytes.at(at + 1) & 0xff) << 16
                | (bytes.at(at + 2) & 0xff) << 8
                | (bytes.at(at + 3) & 0xff);
    }
}

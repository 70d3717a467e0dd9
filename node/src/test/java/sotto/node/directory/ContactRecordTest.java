package sotto.node.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.AccountId;
import sotto.node.wire.Addresses;
import sotto.node.wire.Locator;
import sotto.node.wire.Vector;

/** Proves that two contacts find each other's records and that nothing ties two records together for anybody else. */
class ContactRecordTest {
    private static final Vector VECTOR = new Vector("directory");
    private static final Instant NOW = Instant.ofEpochMilli(VECTOR.number("now"));

    private final Crypto crypto = CryptoChoice.fastest();
    private final SplittableRandom random = new SplittableRandom(4);
    private final AccountId publisher = new AccountId(VECTOR.text("publisher"));
    private final AccountId reader = new AccountId(VECTOR.text("reader"));
    private final SecretBytes root = VECTOR.secret("pairRoot");

    @Test
    void derivesWhatTheReferenceDerives() throws WireException {
        RecordWeek week = RecordWeek.at(crypto, root, NOW);
        assertEquals(VECTOR.number("week"), week.number());
        assertEquals(VECTOR.number("weekEnds"), week.end(crypto, root).toEpochMilli());
        try (ContactRecordKeys keys = keys(publisher, reader, week)) {
            assertEquals(VECTOR.bytes("locator"), keys.locator(crypto).bytes());
            assertEquals(VECTOR.secret("readKey"), keys.readKey());
            assertEquals(VECTOR.secret("directorySeed"), keys.directory().encode());
        }
    }

    @Test
    void opensTheRecordOfTheReference() throws WireException {
        RecordWeek week = RecordWeek.at(crypto, root, NOW);
        try (ContactRecordKeys keys = keys(publisher, reader, week)) {
            SealedRecord record = SealedRecord.checked(crypto, VECTOR.bytes("record"), keys.locator(crypto), NOW);
            Bytes content = record.open(crypto, keys.readKey());
            assertEquals(VECTOR.bytes("content"), content);
            List<Multiaddr> addresses = new ArrayList<>();
            for (String text : VECTOR.text("addresses").split(" ", -1)) {
                addresses.add(Multiaddr.parse(text));
            }
            ContactRecord expected = new ContactRecord(new Addresses(addresses));
            assertEquals(expected, ContactRecord.decode(content));
            assertEquals(content, expected.encode());
        }
    }

    @Test
    void everyDirectionWeekAndRootHasAPlaceOfItsOwn() {
        RecordWeek week = RecordWeek.at(crypto, root, NOW);
        SecretBytes otherRoot = SecretBytes.random(32, random);
        Set<Locator> places = new HashSet<>();
        List<ContactRecordKeys> all = List.of(
                keys(publisher, reader, week),
                keys(reader, publisher, week),
                keys(publisher, reader, week.previous()),
                ContactRecordKeys.derive(crypto, otherRoot, new ContactRecordKeys.Direction(publisher, reader), week));
        all.forEach(keys -> places.add(keys.locator(crypto)));
        assertEquals(all.size(), places.size());
        assertEquals(
                all.size(),
                all.stream()
                        .map(keys -> keys.readKey().copy())
                        .map(Bytes::owning)
                        .distinct()
                        .count());
    }

    @Test
    void aWeekEndsWhereTheNextBeginsAndEveryRootHasItsOwnTurn() {
        Set<Long> turns = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            SecretBytes any = SecretBytes.random(32, random);
            Instant at = NOW.plus(Duration.ofMinutes(random.nextInt(100_000)));
            RecordWeek week = RecordWeek.at(crypto, any, at);
            Instant end = week.end(crypto, any);
            assertEquals(week, RecordWeek.at(crypto, any, end.minusMillis(1)));
            assertEquals(week, RecordWeek.at(crypto, any, end).previous());
            assertEquals(week, RecordWeek.at(crypto, any, end.minus(RecordWeek.LENGTH)));
            turns.add(end.toEpochMilli() % RecordWeek.LENGTH.toMillis());
        }
        assertNotEquals(1, turns.size());
    }

    @Test
    void skipsWhatItsReservedPlacesWillHold() throws WireException {
        Bytes later = new ByteWriter()
                .u8(2)
                .u8(0)
                .field16(Bytes.utf8("three mailboxes"))
                .field16(Bytes.utf8("prekeys"))
                .toBytes();
        assertEquals(new ContactRecord(Addresses.NONE), ContactRecord.decode(later));
    }

    @Test
    void refusesRecordsOfAnotherKindAndWhatIsCutOrTooLong() {
        Bytes whole = new ContactRecord(Addresses.NONE).encode();
        Stream.of(
                        Bytes.EMPTY,
                        Bytes.concat(new ByteWriter().u8(1).toBytes(), whole.slice(1, whole.size())),
                        whole.slice(0, whole.size() - 1),
                        Bytes.concat(whole, new ByteWriter().u8(0).toBytes()))
                .forEach(malformed -> assertThrows(WireException.class, () -> ContactRecord.decode(malformed)));
    }

    private ContactRecordKeys keys(AccountId from, AccountId to, RecordWeek week) {
        return ContactRecordKeys.derive(crypto, root, new ContactRecordKeys.Direction(from, to), week);
    }
}

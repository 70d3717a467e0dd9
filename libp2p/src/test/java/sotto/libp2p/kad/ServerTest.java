package sotto.libp2p.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.RecordStore;
import sotto.libp2p.peer.PeerId;

/** Proves that a server answers as the specification says, and keeps nothing that it should not. */
class ServerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Bytes KEY = Bytes.utf8("/test/key");
    private static final Bytes CONTENT = Bytes.concat(Bytes.ofHex("1220"), Bytes.owning(new byte[32]));

    private final RandomGenerator random = new SplittableRandom(1);
    private final PeerId self = Peers.id(random);
    private final PeerId asking = Peers.id(random);
    private final RoutingTable table = new RoutingTable(Key.of(self), KadLimits.STANDARD.table());
    private final RecordStore store = new MemoryRecordStore(Key.of(self), KadLimits.STANDARD.records());
    private final Replication replication = new Replication(Duration.ofHours(1));
    private final Server server = new Server(
            new Server.Parts(
                    new Server.Peers(self, table),
                    new Server.Records(
                            store,
                            replication,
                            new ProviderStore(KadLimits.STANDARD.records(), KadConstants.PROVIDER_EXPIRY)),
                    new Validators(Map.of("test", Newest.FOR_EVER, "short", new Newest(START.plusSeconds(60), false))),
                    KadLimits.STANDARD),
            random);

    @Test
    void namesTheClosestButNeverTheAskingPeer() throws WireException {
        List<Peer> peers = Peers.many(random, 100);
        peers.forEach(peer -> table.onSeen(peer, 0));
        Peer near = table.closest(Key.of(KEY), 1).get(0);
        List<Peer> named = ask(new Request.FindNode(KEY), near.id()).closer();
        assertEquals(table.closest(Key.of(KEY), 21).subList(1, 21), named);
        assertEquals(
                near,
                ask(new Request.FindNode(near.id().multihash()), asking)
                        .closer()
                        .get(0));
    }

    @Test
    void keepsTheBestAndHandsItOut() throws WireException {
        ask(put(KEY, 5), asking);
        Answer echo = ask(put(KEY, 6), asking);
        assertEquals(Newest.value(6), echo.value().orElseThrow().value());
        assertThrows(WireException.class, () -> ask(put(KEY, 5), asking));
        assertEquals(
                Newest.value(6),
                ask(new Request.GetValue(KEY), asking).value().orElseThrow().value());
    }

    @Test
    void refusesRecordsWithoutRulesOrAgainstThem() {
        for (String key : List.of("key", "/test", "test/key", "/other/key", "//key")) {
            assertThrows(WireException.class, () -> ask(put(Bytes.utf8(key), 1), asking), key);
        }
        Request malformed = new Request.PutValue(KEY, Bytes.utf8("x"), START);
        assertThrows(WireException.class, () -> ask(malformed, asking));
        assertEquals(0, store.size());
    }

    @Test
    void keepsNothingLongerThanItsRulesOrItsOwnBoundAllow() throws WireException {
        Bytes brief = Bytes.utf8("/short/key");
        ask(put(brief, 1), asking);
        ask(put(KEY, 1), asking);
        assertEquals(START.plusSeconds(60), store.get(brief).orElseThrow().expiresAt());
        assertEquals(
                START.plus(Duration.ofDays(8)), store.get(KEY).orElseThrow().expiresAt());
        Moment later = new Moment(60_000, START.plusSeconds(60));
        assertFalse(server.answer(new Request.GetValue(brief), asking, later)
                .orElseThrow()
                .value()
                .isPresent());
        assertThrows(WireException.class, () -> server.answer(put(brief, 2), asking, later));
    }

    /** Or one who repeats one record would fill a disk, or wear it out. */
    @Test
    void whatIsKeptAlreadyIsNotWrittenAgain() throws WireException {
        Bytes brief = Bytes.utf8("/short/key");
        ask(put(brief, 1), asking);
        RecordStore.StoredRecord kept = store.get(brief).orElseThrow();
        server.answer(put(brief, 1), Peers.id(random), new Moment(5_000, START.plusSeconds(5)));
        assertEquals(kept, store.get(brief).orElseThrow());
    }

    @Test
    void anExpiredRecordDoesNotKeepANewOneAway() throws WireException {
        store.put(new RecordStore.StoredRecord(KEY, Newest.value(9), START, START, asking));
        ask(put(KEY, 1), asking);
        assertEquals(Newest.value(1), store.get(KEY).orElseThrow().value());
    }

    @Test
    void aCopyThatComesInPutsOffReplication() throws WireException {
        long hour = Duration.ofHours(1).toMillis();
        ask(put(KEY, 1), asking);
        assertEquals(List.of(), replication.takeDue(hour * 3 / 4 - 1, 5));
        server.answer(put(KEY, 1), asking, new Moment(hour / 2, START));
        assertEquals(List.of(), replication.takeDue(hour * 5 / 4 - 1, 5));
        assertEquals(List.of(KEY), replication.takeDue(hour * 7 / 4 + 1, 5));
        assertEquals(List.of(), replication.takeDue(hour * 9, 5));
    }

    @Test
    void announcesOnlyWhoAnnouncesItself() throws WireException {
        Peer provider = Peers.peer(random);
        Peer other = Peers.peer(random);
        Request both = new Request.AddProvider(CONTENT, List.of(other, provider));
        assertEquals(Optional.empty(), server.answer(both, provider.id(), now()));
        assertThrows(WireException.class, () -> server.answer(both, asking, now()));
        assertEquals(
                List.of(provider),
                ask(new Request.GetProviders(CONTENT), asking).providers());
    }

    @Test
    void providesOnlyWhatIsAHashOfSomething() {
        Bytes cid = Bytes.concat(Bytes.ofHex("0155"), CONTENT);
        assertEquals(0, providersOf(cid));
        assertEquals(0, providersOf(CONTENT));
        for (Bytes key : List.of(KEY, CONTENT.slice(0, 33), Bytes.ofHex("1200"), Bytes.ofHex("0255120100"))) {
            assertThrows(WireException.class, () -> ask(new Request.GetProviders(key), asking));
        }
    }

    @Test
    void answersAPing() throws WireException {
        assertEquals(Answer.EMPTY, ask(new Request.Ping(), asking));
        assertTrue(table.closest(Key.of(asking), 1).isEmpty());
    }

    private int providersOf(Bytes key) {
        try {
            return ask(new Request.GetProviders(key), asking).providers().size();
        } catch (WireException refused) {
            throw new AssertionError(refused);
        }
    }

    private Answer ask(Request request, PeerId from) throws WireException {
        return server.answer(request, from, now()).orElseThrow();
    }

    private static Request put(Bytes key, int value) {
        return new Request.PutValue(key, Newest.value(value), START);
    }

    private static Moment now() {
        return new Moment(0, START);
    }
}

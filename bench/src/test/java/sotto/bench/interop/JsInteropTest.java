package sotto.bench.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sotto.bench.interop.Meeting.await;
import static sotto.bench.interop.Meeting.next;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import sotto.bench.interop.Collector.Read;
import sotto.bench.interop.Meeting.Direction;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.PeerDescription;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;

/**
 * Proves that this host and js-libp2p understand each other in everything that {@link Exchange} lists, whoever dials. The run
 * prints the list and fails unless all of it happened. Needs npm, and the network once.
 */
@ParameterizedClass
@EnumSource(Direction.class)
class JsInteropTest {
    private static final int MIB = 1 << 20;
    private static final int LARGE_BYTES = 100 * MIB;
    private static final int STREAMS = 20;
    /** What a reader that does not read is sent, if it is not able to stop the sender. */
    private static final int FLOOD_BYTES = 64 * MIB;
    /** What a stopped stream may hold at both ends together: a window, a queue, and room to spare. */
    private static final int STOPPED_BYTES_MAX = 4 * MIB;
    /** Far above noise, far below the flood. */
    private static final int GROWTH_BYTES_MAX = 32 * MIB;
    /** A sender that took nothing during so many round trips beside it has stopped. */
    private static final int QUIET_ROUND_TRIPS = 20;

    private static final Exchanges EXCHANGES = new Exchanges();
    private static boolean isInstalled;

    private final Direction direction;
    private Meeting meeting;

    JsInteropTest(Direction direction) {
        this.direction = direction;
    }

    @BeforeAll
    static void install() {
        JsPackages.installed();
        isInstalled = true;
    }

    @AfterAll
    static void listWhatWasExchanged() {
        // JUnit comes here even where the absence of npm has skipped everything.
        if (isInstalled) {
            System.out.print(EXCHANGES.table());
            assertTrue(EXCHANGES.areComplete(), "not everything was exchanged with js-libp2p");
        }
    }

    @BeforeEach
    void meet() throws IOException, WireException, InterruptedException {
        meeting = new Meeting(direction, "Ed25519");
    }

    @AfterEach
    void part() {
        meeting.close();
    }

    @Test
    void connectsWithPeersOfAllKindsOfKeys() throws IOException, WireException, InterruptedException {
        connects(meeting, Exchange.DIAL_ED25519);
        try (Meeting other = new Meeting(direction, "secp256k1")) {
            connects(other, Exchange.DIAL_SECP256K1);
        }
        try (Meeting other = new Meeting(direction, "ECDSA")) {
            connects(other, Exchange.DIAL_ECDSA);
        }
        try (Meeting other = new Meeting(direction, "RSA")) {
            connects(other, Exchange.DIAL_RSA);
        }
    }

    private void connects(Meeting other, Exchange exchange) throws WireException {
        assertEquals(PeerId.parse(other.jsId()), other.connection().remotePeer());
        assertEquals(direction == Direction.WE_DIAL, other.connection().isInitiator());
        await(other.host.ping(other.connection()));
        other.js.call("ping", other.us());
        done(exchange);
    }

    @Test
    void refusesAnotherPeerThanTheOneDialled() throws WireException {
        PeerId stranger = PeerId.parse("12D3KooWJs9SoPYACbqAFW9e9a8qkuKxCgn6CwVswBfYGjmdrgiU");
        if (direction == Direction.WE_DIAL) {
            Multiaddr wrong = meeting.jsAddress().withPeer(stranger);
            assertEquals(HostException.Reason.HANDSHAKE_FAILED, refusal(meeting.host.connect(wrong)));
        } else {
            String wrong = meeting.ourAddress().withPeer(stranger).toString();
            CompletableFuture<JsonObject> dial = meeting.js.send("dial", Map.of("address", wrong));
            assertThrows(CompletionException.class, () -> await(dial));
        }
        done(Exchange.WRONG_PEER);
    }

    @Test
    void identifiesJs() throws InterruptedException, WireException {
        PeerDescription described = next(meeting.described);
        assertTrue(described.agentVersion().startsWith("js-libp2p/"), described.agentVersion());
        assertTrue(described.protocols().contains(InteropProtocols.ECHO));
        assertTrue(described.listenAddresses().contains(meeting.jsAddress().withoutPeer()));
        Multiaddr observed = described.observedAddress().orElseThrow();
        assertTrue(observed.isLoopback(), observed.toString());
        done(Exchange.IDENTIFY_THEM);
        // js-libp2p pushes to those alone of whom it knows that they take it.
        meeting.js.call("identify", meeting.us());
        meeting.js.call("pushIdentify", Map.of("protocol", "/sotto-interop/late/1"));
        // It may push of itself as well, before it has that protocol.
        ProtocolId late = new ProtocolId("/sotto-interop/late/1");
        while (!described.protocols().contains(late)) {
            described = next(meeting.described);
        }
        done(Exchange.PUSH_TO_US);
    }

    @Test
    void isIdentifiedByJs() {
        JsonObject described = meeting.js.call("identify", meeting.us());
        List<String> protocols = strings(described, "protocols");
        assertTrue(protocols.contains(InteropProtocols.ECHO.name()), protocols.toString());
        assertTrue(protocols.contains("/ipfs/ping/1.0.0"), protocols.toString());
        assertEquals(List.of(meeting.ourAddress().withoutPeer().toString()), strings(described, "listenAddresses"));
        assertTrue(described.get("observedAddress").getAsString().startsWith("/ip4/127.0.0.1/tcp/"));
        done(Exchange.IDENTIFY_US);
        ProtocolId late = new ProtocolId("/sotto-interop/late/1");
        meeting.host.handle(late, Stream::reset);
        meeting.connection().announceProtocols();
        meeting.js.call("awaitProtocol", meeting.us("protocol", late.name()));
        done(Exchange.PUSH_TO_THEM);
    }

    @Test
    void pings() {
        await(meeting.host.ping(meeting.connection()));
        done(Exchange.PING_THEM);
        meeting.js.call("ping", meeting.us());
        done(Exchange.PING_US);
    }

    @Test
    void isEchoedByJs() {
        assertEchoed(MIB, 1);
        done(Exchange.ECHO_1_MIB_BY_THEM);
        assertEchoed(MIB, STREAMS);
        done(Exchange.ECHO_20_STREAMS_BY_THEM);
        assertEchoed(LARGE_BYTES, 1);
        done(Exchange.ECHO_100_MIB_BY_THEM);
    }

    @Test
    void echoesForJs() {
        meeting.js.call("echo", meeting.us("sizeBytes", MIB));
        done(Exchange.ECHO_1_MIB_BY_US);
        meeting.js.call("echo", Map.of("peer", meeting.host.id().text(), "sizeBytes", MIB, "streams", STREAMS));
        done(Exchange.ECHO_20_STREAMS_BY_US);
        meeting.js.call("echo", meeting.us("sizeBytes", LARGE_BYTES));
        done(Exchange.ECHO_100_MIB_BY_US);
    }

    @Test
    void isStoppedByAJsReaderThatDoesNotRead() {
        long heapBefore = usedHeap();
        long rssBefore = jsMemory();
        Stream stream = meeting.open(InteropProtocols.SLOW);
        CompletableFuture<Read> answer = Collector.readToEnd(stream);
        PatternWriter writer = new PatternWriter(stream, FLOOD_BYTES);
        CompletionStage<Void> written = writer.start();
        assertStops(writer::acceptedBytes);
        assertGrewLittle(heapBefore, usedHeap());
        assertGrewLittle(rssBefore, jsMemory());
        meeting.js.call("resumeSlow");
        await(written);
        assertCounted(await(answer), FLOOD_BYTES);
        done(Exchange.SLOW_READER_THERE);
    }

    @Test
    void stopsJsWithAReaderThatDoesNotRead() throws InterruptedException {
        long heapBefore = usedHeap();
        long rssBefore = jsMemory();
        meeting.js.call("fillSlow", meeting.us("sizeBytes", FLOOD_BYTES));
        Stream stream = next(meeting.protocols.slow);
        assertStops(() -> meeting.js
                .call("slowAccepted", meeting.us())
                .get("acceptedBytes")
                .getAsLong());
        assertGrewLittle(heapBefore, usedHeap());
        assertGrewLittle(rssBefore, jsMemory());
        stream.setReading(true);
        meeting.js.call("finishSlow", meeting.us());
        done(Exchange.SLOW_READER_HERE);
    }

    @Test
    void halfCloses() {
        Stream stream = meeting.open(InteropProtocols.COUNT);
        CompletableFuture<Read> answer = Collector.readToEnd(stream);
        await(new PatternWriter(stream, 300_000).start());
        assertCounted(await(answer), 300_000);
        done(Exchange.HALF_CLOSE_BY_US);
        meeting.js.call("count", meeting.us("sizeBytes", 300_000));
        done(Exchange.HALF_CLOSE_BY_THEM);
    }

    @Test
    void isResetByJs() throws InterruptedException {
        Stream stream = meeting.open(InteropProtocols.RESET);
        CompletableFuture<Read> reading = Collector.readToEnd(stream);
        stream.write(Bytes.utf8("x"));
        assertEquals(HostException.Reason.CLOSED, refusal(reading));
        meeting.js.call("reset", meeting.us());
        assertTrue(next(meeting.protocols.watched));
        done(Exchange.RESET_BY_THEM);
    }

    @Test
    void resetsJs() {
        assertTrue(meeting.js.call("expectReset", meeting.us()).get("wasReset").getAsBoolean());
        Stream stream = meeting.open(InteropProtocols.WATCH);
        await(stream.write(Bytes.utf8("x")));
        stream.reset();
        assertTrue(meeting.js.call("watched").get("wasReset").getAsBoolean());
        done(Exchange.RESET_BY_US);
    }

    @Test
    void refuseProtocolsTheyDoNotSpeak() {
        ProtocolId unknown = new ProtocolId("/sotto-interop/unknown/1");
        assertEquals(
                HostException.Reason.PROTOCOL_NOT_SUPPORTED,
                refusal(meeting.connection().open(List.of(unknown))));
        Stream second = await(meeting.connection().open(List.of(unknown, InteropProtocols.ECHO)));
        assertEquals(InteropProtocols.ECHO, second.protocol());
        second.reset();
        done(Exchange.UNKNOWN_PROTOCOL_THERE);
        JsonObject refused = meeting.js.call("isRefused", meeting.us("protocol", unknown.name()));
        assertTrue(refused.get("isRefused").getAsBoolean());
        done(Exchange.UNKNOWN_PROTOCOL_HERE);
    }

    @Test
    void noticesWhenJsCloses() throws InterruptedException {
        meeting.js.call("hangUp", meeting.us());
        assertEquals(meeting.connection(), next(meeting.closed));
        done(Exchange.CLOSE_BY_THEM);
    }

    @Test
    void tellsJsWhenItCloses() {
        meeting.connection().close();
        meeting.js.call("awaitClosed", meeting.us());
        done(Exchange.CLOSE_BY_US);
    }

    private void assertEchoed(long sizeBytes, int streams) {
        List<CompletableFuture<Read>> readings = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            Stream stream = meeting.open(InteropProtocols.ECHO);
            readings.add(Collector.readToEnd(stream));
            new PatternWriter(stream, sizeBytes).start();
        }
        for (CompletableFuture<Read> reading : readings) {
            Read read = await(reading);
            assertEquals(sizeBytes, read.sizeBytes());
            assertEquals(Pattern.hash(sizeBytes), read.sha256());
        }
    }

    private static void assertCounted(Read answer, long sizeBytes) {
        String expected = "{\"sizeBytes\":" + sizeBytes + ",\"sha256\":\""
                + Pattern.hash(sizeBytes).hex() + "\"}\n";
        assertEquals(Bytes.utf8(expected), answer.beginning());
    }

    /** Round trips over the same connection tell that what went before them has arrived; no clock is asked. */
    private void assertStops(LongSupplier acceptedBytes) {
        long before = 0;
        for (int quiet = 0; quiet < QUIET_ROUND_TRIPS; ) {
            assertEchoed(1_000, 1);
            long now = acceptedBytes.getAsLong();
            quiet = now == before && now > 0 ? quiet + 1 : 0;
            before = now;
        }
        assertTrue(before <= STOPPED_BYTES_MAX, before + " bytes were taken for a reader that does not read");
    }

    private static void assertGrewLittle(long beforeBytes, long afterBytes) {
        assertTrue(
                afterBytes - beforeBytes < GROWTH_BYTES_MAX,
                "memory grew from " + beforeBytes + " to " + afterBytes + " bytes");
    }

    private static long usedHeap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private long jsMemory() {
        return meeting.js.call("memory").get("rss").getAsLong();
    }

    private static HostException.Reason refusal(CompletionStage<?> outcome) {
        ExecutionException failure = assertThrows(
                ExecutionException.class, () -> outcome.toCompletableFuture().get());
        return assertInstanceOf(HostException.class, failure.getCause()).reason();
    }

    private static List<String> strings(JsonObject object, String name) {
        return object.getAsJsonArray(name).asList().stream()
                .map(element -> element.getAsString())
                .toList();
    }

    private void done(Exchange exchange) {
        EXCHANGES.add(direction, exchange);
    }
}

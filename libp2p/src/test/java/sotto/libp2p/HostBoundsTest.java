package sotto.libp2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.HostMeter.Refusal;
import sotto.libp2p.host.Limits;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Refusals;
import sotto.libp2p.host.Stream;
import sotto.libp2p.identify.Identify;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.Seeds;

/** Proves that a host keeps its limits towards peers that do not: too many, too slow, or speaking something else. */
class HostBoundsTest {
    private static final Limits STANDARD = Limits.STANDARD;
    private static final Limits.Connections CONNECTIONS = STANDARD.connections();
    private static final Limits.Pool POOL = STANDARD.streams().inboundPool();
    private static final Limits.Timeouts TIMEOUTS = STANDARD.timeouts();
    private static final Duration SOON = Duration.ofMillis(100);

    /** Longer than a test waits for anything. */
    private static final Duration NEVER = Duration.ofMinutes(5);

    private static final int ATTEMPTS = 100;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Events events = new Events();
    private final Refusals refusals = new Refusals();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void takesNoMoreConnectionsThanTheBound() throws Exception {
        Host server = server(STANDARD.withConnections(connections(2, 2)));
        Await.result(client().connect(addressOf(server)));
        Connection first = Events.next(events.opened);
        first.keep();
        Await.result(client().connect(addressOf(server)));
        Connection second = Events.next(events.opened);
        Await.result(client().connect(addressOf(server)));
        Connection third = Events.next(events.opened);
        assertEquals(second, Events.next(events.closed), "the oldest that is not kept makes room");
        third.keep();
        assertEquals(HostException.Reason.HANDSHAKE_FAILED, Await.failure(client().connect(addressOf(server))));
        first.close();
        assertEquals(first, Events.next(events.closed));
        Await.result(client().connect(addressOf(server)));
    }

    @Test
    void dialsHoweverManyCameIn() throws Exception {
        Host host = server(STANDARD.withConnections(connections(2, 1, new Limits.Pending(2, 2, 2))));
        Multiaddr first = addressOf(server(STANDARD));
        for (int i = 0; i < 3; i++) {
            Await.result(client().connect(addressOf(host)));
        }
        assertTrue(Await.result(host.connect(first)).isOpen());
    }

    @Test
    void dialsNoMoreThanTheBound() throws Exception {
        Host server = server(STANDARD);
        Host client = client(STANDARD.withConnections(connections(1, 1)));
        Await.result(client.connect(addressOf(server)));
        Multiaddr other = addressOf(server(STANDARD));
        assertEquals(HostException.Reason.LIMIT_REACHED, Await.failure(client.connect(other)));
    }

    @Test
    void holdsNoMoreUnsecuredConnectionsThanTheBound() throws Exception {
        // Each has all the time it wants: what closes the first is that others come.
        Host server = server(STANDARD.withConnections(connections(CONNECTIONS.max(), 2))
                .withTimeouts(timeouts(NEVER, NEVER, TIMEOUTS.idle())));
        Socket first = greeted(server);
        greeted(server);
        greeted(server);
        assertClosedByServer(first);
        assertTrue(Await.result(client().connect(addressOf(server))).isOpen());
    }

    @Test
    void closesAConnectionThatSaysNothing() throws Exception {
        assertClosedByServer(silent(server(STANDARD.withTimeouts(timeouts(SOON, NEVER, TIMEOUTS.idle())))));
    }

    @Test
    void closesAConnectionWhoseHandshakeTakesTooLong() throws Exception {
        assertClosedByServer(silent(server(STANDARD.withTimeouts(timeouts(NEVER, SOON, TIMEOUTS.idle())))));
    }

    @Test
    void closesAConnectionThatSpeaksSomethingElse() throws Exception {
        // Some of it looks like a beginning, and is waited for to go on: for all of them at once, and no longer than an
        // honest handshake may take.
        Host server = server(STANDARD.withTimeouts(timeouts(NEVER, Duration.ofSeconds(2), TIMEOUTS.idle())));
        Map<Long, Socket> sockets = new HashMap<>();
        Seeds.forEachSeed(30, seed -> {
            RandomGenerator random = new SplittableRandom(seed);
            Socket socket = silent(server);
            socket.getOutputStream().write(random.nextBoolean() ? Seeds.bytes(random, 3000) : http());
            sockets.put(seed, socket);
        });
        Seeds.forEachSeed(30, seed -> assertClosedByServer(Objects.requireNonNull(sockets.get(seed))));
        awaitConnection(server);
    }

    @Test
    void closesAConnectionThatCarriesNoStreamForAWhile() throws Exception {
        Host server = server(STANDARD.withTimeouts(timeouts(TIMEOUTS.firstByte(), TIMEOUTS.handshake(), SOON)));
        Await.result(client().connect(addressOf(server)));
        Events.next(events.closed);
    }

    @Test
    void keepsAConnectionThatCarriesAStream() throws Exception {
        Host server = server(STANDARD.withTimeouts(timeouts(TIMEOUTS.firstByte(), TIMEOUTS.handshake(), SOON)));
        Stream stream = openedInTime(server);
        Inbox inbox = new Inbox();
        stream.read(inbox);
        // By the time an idle one that came later was closed, this one would have been.
        Host idle = client();
        Await.result(idle.connect(addressOf(server)));
        PeerId closed = Events.next(events.closed).remotePeer();
        while (!closed.equals(idle.id())) {
            closed = Events.next(events.closed).remotePeer();
        }
        stream.write(Bytes.utf8("still here"));
        stream.closeWrite();
        assertEquals(Bytes.utf8("still here"), Await.result(inbox.whole));
    }

    @Test
    void refusesStreamsAboveTheBound() throws Exception {
        Host server = server(STANDARD.withStreams(new Limits.Streams(3, 3, 3, POOL)));
        Host client = client();
        Events atClient = new Events();
        client.addListener(atClient);
        Connection connection = Await.result(client.connect(addressOf(server)));
        // Until then the stream by which the client asks who is there has one of the places.
        Events.next(atClient.described);
        for (int i = 0; i < 3; i++) {
            Await.result(connection.open(List.of(Echo.PROTOCOL)));
        }
        assertEquals(HostException.Reason.CLOSED, Await.failure(connection.open(List.of(Echo.PROTOCOL))));
        assertTrue(refusals.all().contains(Refusal.STREAMS_FULL));
    }

    @Test
    void refusesStreamsThatAllConnectionsTogetherMayNotHave() throws Exception {
        Host server = server(STANDARD.withStreams(new Limits.Streams(9, 9, 9, new Limits.Pool(0, 4))));
        List<CompletionStage<Stream>> streams = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Connection connection = Await.result(client().connect(addressOf(server)));
            for (int j = 0; j < 3; j++) {
                streams.add(connection.open(List.of(Echo.PROTOCOL)));
            }
        }
        int refused = 0;
        for (CompletionStage<Stream> stream : streams) {
            refused += Await.isRefused(stream) ? 1 : 0;
        }
        assertTrue(refused >= 2, refused + " of 6");
        assertTrue(refusals.all().contains(Refusal.STREAMS_FULL));
    }

    @Test
    void holdsFewDescriptionsThatAreAnnouncedAndDoNotCome() throws Exception {
        Connection connection = Await.result(client().connect(addressOf(server(STANDARD))));
        for (int i = 0; i < Identify.STREAMS_MAX; i++) {
            Await.result(connection.open(List.of(Identify.PUSH))).write(Bytes.ofHex("8040"));
        }
        assertEquals(HostException.Reason.CLOSED, Await.failure(connection.open(List.of(Identify.PUSH))));
        assertTrue(refusals.all().contains(Refusal.STREAMS_FULL));
    }

    @Test
    void refusesMoreProposalsThanTheBound() throws Exception {
        Host server = server(STANDARD.withStreams(new Limits.Streams(256, 256, 2, POOL)));
        Connection connection = Await.result(client().connect(addressOf(server)));
        List<ProtocolId> wanted =
                List.of(new ProtocolId("/1"), new ProtocolId("/2"), new ProtocolId("/3"), Echo.PROTOCOL);
        assertEquals(HostException.Reason.CLOSED, Await.failure(connection.open(wanted)));
    }

    /** Until the server takes connections again. */
    private void awaitConnection(Host server) throws Exception {
        Host client =
                client(STANDARD.withTimeouts(TIMEOUTS.withBackoff(new Limits.Backoff(Duration.ZERO, Duration.ZERO))));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                // Open at this end may be closed at the other already: a busy machine misses a short time for the
                // handshake.
                if (Await.result(client.connect(addressOf(server))).isOpen()) {
                    return;
                }
            } catch (ExecutionException stillFull) {
                // Once more, then.
            }
        }
        fail("the server takes no connection any more");
    }

    /** A stream that was open before the server found its connection idle; a busy machine needs more than one attempt. */
    private Stream openedInTime(Host server) throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return Await.result(
                        Await.result(client().connect(addressOf(server))).open(List.of(Echo.PROTOCOL)));
            } catch (ExecutionException tooLate) {
                // Once more, then.
            }
        }
        return fail("every connection was closed before it carried a stream");
    }

    private static byte[] http() {
        return "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    }

    private static Limits.Connections connections(int max, int pendingMax) {
        return connections(max, 0, new Limits.Pending(pendingMax, pendingMax, pendingMax));
    }

    private static Limits.Connections connections(int max, int dialledOnly, Limits.Pending pending) {
        return new Limits.Connections(max, dialledOnly, max, pending, 2, CONNECTIONS.arrivals());
    }

    private static Limits.Timeouts timeouts(Duration firstByte, Duration handshake, Duration idle) {
        return new Limits.Timeouts(
                TIMEOUTS.dial(),
                firstByte,
                handshake,
                TIMEOUTS.negotiation(),
                TIMEOUTS.keepAlive(),
                TIMEOUTS.exchange(),
                idle,
                TIMEOUTS.backoff());
    }

    /** A connection that says nothing by itself. */
    private Socket silent(Host server) throws IOException {
        Multiaddr address = server.listenAddresses().get(0);
        Socket socket = new Socket(address.ip().orElseThrow(), address.port().orElseThrow());
        socket.setSoTimeout(30_000);
        open.add(socket);
        return socket;
    }

    /** A connection that says nothing after it was greeted, by when the server has admitted it. */
    private Socket greeted(Host server) throws IOException {
        Socket socket = silent(server);
        socket.getOutputStream().write("\023/multistream/1.0.0\n".getBytes(StandardCharsets.US_ASCII));
        assertTrue(socket.getInputStream().read() >= 0);
        return socket;
    }

    /** Whatever the server says, it ends. */
    private static void assertClosedByServer(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            return; // It was closed with our bytes unread, which is told as a reset.
        }
    }

    private Host server(Limits limits) throws Exception {
        Host host = new HostBuilder()
                .limits(limits)
                .meter(refusals)
                .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")))
                .build();
        open.add(host);
        host.handle(Echo.PROTOCOL, Echo.handler());
        host.addListener(events);
        Await.result(host.start());
        return host;
    }

    private Host client() {
        return client(STANDARD);
    }

    private Host client(Limits limits) {
        Host host = new HostBuilder().limits(limits).listen(List.of()).build();
        open.add(host);
        return host;
    }

    private static Multiaddr addressOf(Host host) {
        return host.listenAddresses().get(0).withPeer(host.id());
    }
}

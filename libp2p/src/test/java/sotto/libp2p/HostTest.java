package sotto.libp2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.Ed25519KeyPair;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.ProtocolHandler;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.ping.Ping;
import sotto.libp2p.runtime.Entropy;
import sotto.libp2p.runtime.Require;
import sotto.libp2p.transport.Interfaces;

/** Proves what the door promises of hosts, connections and streams, between hosts on real sockets. */
class HostTest {
    private static final String IP4 = "/ip4/127.0.0.1/tcp/0";
    private static final String IP6 = "/ip6/::1/tcp/0";

    private final List<Host> hosts = new ArrayList<>();
    private final Events serverEvents = new Events();

    @AfterEach
    void closeAll() {
        hosts.forEach(Host::close);
    }

    @Test
    void connectsOverIp4() throws Exception {
        connectsOver(IP4);
    }

    @Test
    void connectsOverIp6() throws Exception {
        Require.that(Interfaces.haveIp6(), "no IPv6 on this machine");
        connectsOver(IP6);
    }

    private void connectsOver(String listen) throws Exception {
        Host server = server(listen);
        Host client = client();
        Connection outgoing = Await.result(client.connect(addressOf(server)));
        Connection incoming = Events.next(serverEvents.opened);
        assertEquals(server.id(), outgoing.remotePeer());
        assertEquals(client.id(), incoming.remotePeer());
        assertTrue(outgoing.isInitiator());
        assertFalse(incoming.isInitiator());
        assertEquals(outgoing.handshakeHash(), incoming.handshakeHash());
        assertEquals(32, outgoing.handshakeHash().size());
        assertEquals(server.listenAddresses(), List.of(outgoing.remoteAddress()));
        Bytes question = Bytes.utf8("hello");
        assertEquals(question, Await.result(echo(outgoing, question)));
    }

    @Test
    void isKnownByTheKeyItIsGivenAndByAFreshOneOtherwise() {
        Ed25519KeyPair key = CryptoChoice.fastest().generateEd25519(Entropy.secure());
        Host host = added(new HostBuilder().hostKey(key).listen(List.of()).build());
        assertEquals(PeerId.of(key.publicKey()), host.id());
        assertNotEquals(client().id(), client().id());
    }

    @Test
    void namesTheAddressesOfTheMachineForAWildcard() throws Exception {
        Host host = started(new HostBuilder().listen(List.of(address("/ip4/0.0.0.0/tcp/0"))));
        assertTrue(host.listenAddresses().stream().anyMatch(Multiaddr::isLoopback));
        assertTrue(host.listenAddresses().stream().noneMatch(Multiaddr::isUnspecified));
    }

    @Test
    @Timeout(30)
    void closesWhatItListensOnThoughOneOfItsAddressesIsTaken() throws Exception {
        Multiaddr taken = server(IP4).listenAddresses().get(0);
        Host host = added(new HostBuilder().listen(List.of(taken, address(IP4))).build());
        assertEquals(HostException.Reason.UNREACHABLE, Await.failure(host.start()));
        while (host.listenAddresses().isEmpty()) {
            Thread.onSpinWait();
        }
        Multiaddr other = host.listenAddresses().get(0);
        host.close();
        started(new HostBuilder().listen(List.of(other)));
    }

    @Test
    void refusesAPeerThatIsNotTheExpectedOne() throws Exception {
        Multiaddr wrong = addressOf(server(IP4)).withPeer(client().id());
        assertEquals(HostException.Reason.HANDSHAKE_FAILED, Await.failure(client().connect(wrong)));
    }

    @Test
    void usesTheOpenConnectionToAPeer() throws Exception {
        Host server = server(IP4);
        Host client = client();
        Connection first = Await.result(client.connect(addressOf(server)));
        assertSame(first, Await.result(client.connect(addressOf(server))));
        first.close();
        assertFalse(first.isOpen());
        assertNotEquals(first, Await.result(client.connect(addressOf(server))));
    }

    @Test
    void joinsDialsToOneAddress() throws Exception {
        Multiaddr address = addressOf(server(IP4)).withoutPeer();
        Host client = client();
        CompletionStage<Connection> first = client.connect(address);
        CompletionStage<Connection> second = client.connect(address);
        assertSame(Await.result(first), Await.result(second));
    }

    @Test
    void leavesAnAddressAloneAfterItFailed() throws Exception {
        Host server = server(IP4);
        Multiaddr address = addressOf(server);
        server.close();
        Host client = client();
        assertEquals(HostException.Reason.UNREACHABLE, Await.failure(client.connect(address)));
        assertEquals(HostException.Reason.UNREACHABLE, Await.failure(client.connect(address)));
    }

    @Test
    void dialsAndListensOnlyWhereThePolicyAllows() throws Exception {
        Multiaddr address = addressOf(server(IP4));
        Host timid = added(new HostBuilder()
                .listen(List.of(address(IP4)))
                .addressPolicy(asked -> false)
                .build());
        assertEquals(HostException.Reason.NOT_ALLOWED, Await.failure(timid.connect(address)));
        assertEquals(HostException.Reason.NOT_ALLOWED, Await.failure(timid.start()));
    }

    @Test
    void looksNamesUpAndAsksThePolicyForWhatTheyStandFor() throws Exception {
        Host server = server(IP4);
        int port = server.listenAddresses().get(0).port().orElseThrow();
        Multiaddr named = address("/dns4/localhost/tcp/" + port);
        assertEquals(server.id(), Await.result(client().connect(named)).remotePeer());
        Host timid = added(new HostBuilder()
                .listen(List.of())
                .addressPolicy(asked -> asked.equals(named))
                .build());
        assertEquals(HostException.Reason.NOT_ALLOWED, Await.failure(timid.connect(named)));
    }

    @Test
    void opensAStreamWithTheFirstProtocolThatTheOtherEndHas() throws Exception {
        Connection connection = Await.result(client().connect(addressOf(server(IP4))));
        ProtocolId newer = new ProtocolId("/test/echo/2.0.0");
        assertEquals(
                Echo.PROTOCOL,
                Await.result(connection.open(List.of(newer, Echo.PROTOCOL))).protocol());
        assertEquals(HostException.Reason.PROTOCOL_NOT_SUPPORTED, Await.failure(connection.open(List.of(newer))));
    }

    @Test
    void offersAProtocolOnlyWhereItsHandlerAllows() throws Exception {
        Host server = server(IP4);
        ProtocolId secret = new ProtocolId("/test/secret");
        server.handle(secret, new Picky());
        Connection connection = Await.result(client().connect(addressOf(server)));
        assertEquals(HostException.Reason.PROTOCOL_NOT_SUPPORTED, Await.failure(connection.open(List.of(secret))));
    }

    @Test
    void carriesMuchOverManyStreamsAtOnce() throws Exception {
        Connection connection = Await.result(client().connect(addressOf(server(IP4))));
        List<Bytes> questions = new ArrayList<>();
        List<CompletionStage<Bytes>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            byte[] bytes = new byte[1 << 20];
            Entropy.secure().nextBytes(bytes);
            questions.add(Bytes.owning(bytes));
            answers.add(echo(connection, questions.get(i)));
        }
        for (int i = 0; i < questions.size(); i++) {
            assertEquals(questions.get(i), Await.result(answers.get(i)));
        }
    }

    @Test
    void makesAWriterWaitForAReaderThatStopped() throws Exception {
        Host server = server(IP4);
        ProtocolId lazy = new ProtocolId("/test/lazy");
        CompletableFuture<Stream> atServer = new CompletableFuture<>();
        server.handle(lazy, stream -> {
            stream.setReading(false);
            atServer.complete(stream);
        });
        Connection connection = Await.result(client().connect(addressOf(server)));
        Stream stream = Await.result(connection.open(List.of(lazy)));
        stream.read(new Inbox());
        Bytes large = Bytes.owning(new byte[4 << 20]);
        CompletionStage<Void> written = stream.write(large);
        stream.closeWrite();
        // Whatever fits into the windows has arrived by the time the same connection has carried an echo.
        Await.result(echo(connection, large));
        assertFalse(written.toCompletableFuture().isDone());
        Inbox inbox = new Inbox();
        Await.result(atServer).read(inbox);
        Await.result(atServer).setReading(true);
        assertEquals(large, Await.result(inbox.whole));
        Await.result(written);
    }

    @Test
    void tellsTheOtherEndOfAReset() throws Exception {
        Host server = server(IP4);
        ProtocolId refusing = new ProtocolId("/test/refusing");
        server.handle(refusing, stream -> stream.read(new Refusal(stream)));
        Connection connection = Await.result(client().connect(addressOf(server)));
        Stream stream = Await.result(connection.open(List.of(refusing)));
        Inbox inbox = new Inbox();
        stream.read(inbox);
        stream.write(Bytes.utf8("question"));
        assertTrue(Await.result(inbox.reset));
        assertEquals(HostException.Reason.CLOSED, Await.failure(stream.write(Bytes.utf8("late"))));
    }

    @Test
    void closesAConnectionForBothEndsAndResetsItsStreams() throws Exception {
        Host server = server(IP4);
        Events clientEvents = new Events();
        Host client = client();
        client.addListener(clientEvents);
        Connection connection = Await.result(client.connect(addressOf(server)));
        Inbox inbox = new Inbox();
        Await.result(connection.open(List.of(Echo.PROTOCOL))).read(inbox);
        Connection incoming = Events.next(serverEvents.opened);
        incoming.close();
        assertTrue(Await.result(inbox.reset));
        assertSame(connection, Events.next(clientEvents.closed));
        assertSame(incoming, Events.next(serverEvents.closed));
        assertFalse(connection.isOpen());
        assertEquals(List.of(), client.connections());
        assertEquals(HostException.Reason.CLOSED, Await.failure(connection.open(List.of(Echo.PROTOCOL))));
    }

    @Test
    void failsDialsOnceItIsClosed() throws Exception {
        Multiaddr address = addressOf(server(IP4));
        Host client = client();
        CompletionStage<Connection> underWay = client.connect(address);
        client.close();
        assertEquals(HostException.Reason.CLOSED, Await.failure(client.connect(address)));
        assertTrue(underWay.handle((connection, failure) -> true)
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS));
    }

    @Test
    void freesItsPortsWhenItIsClosed() throws Exception {
        Host first = server(IP4);
        Multiaddr bound = first.listenAddresses().get(0);
        Await.result(client().connect(bound));
        first.close();
        Host second = started(new HostBuilder().listen(List.of(bound)));
        assertEquals(List.of(bound), second.listenAddresses());
    }

    @Test
    void livesOnWhenAHandlerThrows() throws Exception {
        Host server = server(IP4);
        ProtocolId broken = new ProtocolId("/test/broken");
        server.handle(broken, stream -> {
            throw new IllegalStateException("thrown on purpose by a test");
        });
        Connection connection = Await.result(client().connect(addressOf(server)));
        Inbox inbox = new Inbox();
        connection.open(List.of(broken)).thenAccept(stream -> stream.read(inbox));
        Events.next(serverEvents.closed);
        Connection next = Await.result(client().connect(addressOf(server)));
        assertEquals(Bytes.utf8("still there"), Await.result(echo(next, Bytes.utf8("still there"))));
    }

    @Test
    void measuresRoundTripsBothWays() throws Exception {
        Host server = server(IP4);
        Host client = client();
        Connection outgoing = Await.result(client.connect(addressOf(server)));
        Duration there = Await.result(client.ping(outgoing));
        Duration andBack = Await.result(server.ping(Events.next(serverEvents.opened)));
        assertTrue(there.toNanos() > 0 && andBack.toNanos() > 0);
    }

    @Test
    void answersNoMoreThanTwoPingStreamsOfOneConnection() throws Exception {
        Connection connection = Await.result(client().connect(addressOf(server(IP4))));
        for (int i = 0; i < 2; i++) {
            Await.result(connection.open(List.of(Ping.PING)));
        }
        assertEquals(HostException.Reason.CLOSED, Await.failure(connection.open(List.of(Ping.PING))));
    }

    @Test
    void namesItsCipher() {
        assertEquals(CryptoChoice.fastest().cipherName(), client().cipherName());
    }

    private static CompletionStage<Bytes> echo(Connection connection, Bytes question) {
        return connection.open(List.of(Echo.PROTOCOL)).thenCompose(stream -> {
            Inbox inbox = new Inbox();
            stream.read(inbox);
            stream.write(question);
            stream.closeWrite();
            return inbox.whole;
        });
    }

    private Host server(String listen) throws Exception {
        Host host = new HostBuilder().listen(List.of(address(listen))).build();
        hosts.add(host);
        host.handle(Echo.PROTOCOL, Echo.handler());
        host.addListener(serverEvents);
        Await.result(host.start());
        return host;
    }

    private Host client() {
        return added(new HostBuilder().listen(List.of()).build());
    }

    private Host started(HostBuilder builder) throws Exception {
        Host host = added(builder.build());
        Await.result(host.start());
        return host;
    }

    private Host added(Host host) {
        hosts.add(host);
        return host;
    }

    private static Multiaddr addressOf(Host host) {
        return host.listenAddresses().get(0).withPeer(host.id());
    }

    private static Multiaddr address(String text) throws WireException {
        return Multiaddr.parse(text);
    }

    /** Resets at the first bytes. */
    private record Refusal(Stream stream) implements Stream.Reader {
        @Override
        public void onBytes(Bytes bytes) {
            stream.reset();
        }

        @Override
        public void onEnd() {}

        @Override
        public void onReset() {}
    }

    /** Offers its protocol to nobody. */
    private static final class Picky implements ProtocolHandler {
        @Override
        public boolean isOfferedOn(Connection connection) {
            return false;
        }

        @Override
        public void onStream(Stream stream) {
            throw new AssertionError("opened although it was not offered");
        }
    }
}

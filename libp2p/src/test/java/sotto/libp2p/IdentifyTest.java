package sotto.libp2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.PeerDescription;
import sotto.libp2p.host.ProtocolHandler;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;
import sotto.libp2p.identify.Identify;
import sotto.libp2p.peer.Multiaddr;

/** Proves that hosts tell each other what they offer on that connection, and nothing that could tell one person from another. */
class IdentifyTest {
    private static final ProtocolId SECRET = new ProtocolId("/test/secret");

    private final Events serverEvents = new Events();
    private final Events clientEvents = new Events();
    private final Host server;
    private final Host client = new HostBuilder().listen(List.of()).build();

    IdentifyTest() throws WireException {
        server = new HostBuilder()
                .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")))
                .build();
    }

    @AfterEach
    void closeAll() {
        server.close();
        client.close();
    }

    @Test
    void describesBothEndsToEachOther() throws Exception {
        Connection connection = connect();
        PeerDescription ofServer = Events.next(clientEvents.described);
        PeerDescription ofClient = Events.next(serverEvents.described);
        Connection incoming = Events.next(serverEvents.opened);
        assertEquals("sotto", ofServer.agentVersion());
        assertEquals("sotto", ofClient.agentVersion());
        assertEquals(server.listenAddresses(), ofServer.listenAddresses());
        assertEquals(List.of(), ofClient.listenAddresses());
        assertEquals(Optional.of(connection.remoteAddress()), ofClient.observedAddress());
        assertEquals(Optional.of(incoming.remoteAddress()), ofServer.observedAddress());
        assertTrue(ofServer.protocols().contains(Echo.PROTOCOL));
    }

    @Test
    void namesAProtocolOnlyOnceItIsOfferedAndTellsSoByPush() throws Exception {
        AtomicBoolean isOffered = new AtomicBoolean();
        server.handle(SECRET, new Revealed(isOffered));
        connect();
        assertFalse(Events.next(clientEvents.described).protocols().contains(SECRET));
        isOffered.set(true);
        Events.next(serverEvents.opened).announceProtocols();
        assertTrue(Events.next(clientEvents.described).protocols().contains(SECRET));
    }

    @Test
    void resetsAStreamWithMoreThanADescriptionCanBe() throws Exception {
        Connection connection = connect();
        Stream stream = Await.result(connection.open(List.of(Identify.PUSH)));
        Inbox inbox = new Inbox();
        stream.read(inbox);
        stream.write(Bytes.ofHex("8180010a"));
        assertTrue(Await.result(inbox.reset));
    }

    private Connection connect() throws Exception {
        server.handle(Echo.PROTOCOL, Echo.handler());
        server.addListener(serverEvents);
        client.addListener(clientEvents);
        Multiaddr address = Await.result(server.start()).get(0);
        return Await.result(client.connect(address));
    }

    /** Offered once somebody says so. */
    private record Revealed(AtomicBoolean isOffered) implements ProtocolHandler {
        @Override
        public boolean isOfferedOn(Connection connection) {
            return isOffered.get();
        }

        @Override
        public void onStream(Stream stream) {
            stream.reset();
        }
    }
}

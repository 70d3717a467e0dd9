package sotto.libp2p.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.MemoryHost;
import sotto.libp2p.host.MessageStream;
import sotto.libp2p.host.PeerAddresses;
import sotto.libp2p.host.ProtocolHandler;
import sotto.libp2p.host.Routing.Closest;
import sotto.libp2p.host.Routing.Found;
import sotto.libp2p.host.Routing.Stored;
import sotto.libp2p.host.SeenPeers.SeenPeer;
import sotto.libp2p.host.Stream;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.Seeds;

/** Proves that hosts on a network in memory find each other, keep each other's records, and get over the loss of some. */
class KademliaTest {
    private static final Bytes KEY = Bytes.utf8("/test/answer");
    private static final Bytes CONTENT = Bytes.concat(Bytes.ofHex("1220"), Bytes.owning(new byte[32]));

    @Test
    void oneServerIsEnough() {
        Seeds.forEachSeed(5, seed -> {
            KadWorld world = new KadWorld(seed);
            KadWorld.Node server = world.server();
            KadWorld.Node client = world.client(server);
            assertEquals(1, world.result(client.routing().join()));
            assertEquals(
                    1, world.result(client.routing().put(KEY, Newest.value(42))).servers());
            Found found =
                    world.result(world.joined(world.client(server)).routing().get(KEY));
            assertEquals(Optional.of(Newest.value(42)), found.value());
            assertEquals(1, found.copies());
        });
    }

    @Test
    void clientsOfTwentyServersFindWhatOthersPut() {
        Seeds.forEachSeed(3, seed -> {
            KadWorld world = new KadWorld(seed);
            List<KadWorld.Node> servers = world.servers(30);
            KadWorld.Node writer = world.joined(world.client(servers.get(3)));
            KadWorld.Node reader = world.joined(world.client(servers.get(7)));
            Stored stored = world.result(writer.routing().put(KEY, Newest.value(1)));
            assertEquals(20, stored.servers());
            Found found = world.result(reader.routing().get(KEY));
            assertEquals(Optional.of(Newest.value(1)), found.value());
            assertEquals(20, found.copies());
            assertEquals(20, found.coverage().answered());
        });
    }

    @Test
    void findsPeersAndProviders() {
        Seeds.forEachSeed(3, seed -> {
            KadWorld world = new KadWorld(seed);
            List<KadWorld.Node> servers = world.servers(25);
            KadWorld.Node wanted = servers.get(11);
            KadWorld.Node reader = world.joined(world.client(servers.get(0)));
            Optional<PeerAddresses> found =
                    world.result(reader.routing().findPeer(wanted.host().id()));
            assertEquals(
                    Optional.of(
                            new PeerAddresses(wanted.host().id(), wanted.host().listenAddresses())),
                    found);
            assertEquals(20, world.result(wanted.routing().provide(CONTENT)).servers());
            List<PeerAddresses> providers =
                    world.result(reader.routing().findProviders(CONTENT)).providers();
            assertEquals(List.of(found.orElseThrow()), providers);
        });
    }

    @Test
    void clientsAreNeverInATable() {
        KadWorld world = new KadWorld(1);
        KadWorld.Node server = world.server();
        KadWorld.Node client = world.joined(world.client(server));
        KadWorld.Node other = world.joined(world.client(server));
        assertEquals(0, server.routing().tableSize());
        assertEquals(
                1, world.result(other.routing().closestPeers(KEY)).coverage().closest());
        world.pass(Duration.ofMinutes(30));
        assertEquals(0, server.routing().tableSize());
        assertEquals(1, client.routing().tableSize());
        assertTrue(world.result(client.routing().closestPeers(KEY)).peers().stream()
                .allMatch(peer -> peer.peer().equals(server.host().id())));
    }

    /** Pitfall 21: servers that were away come back with an older record. */
    @Test
    void theNewestRecordWinsWhateverMostServersHave() {
        Seeds.forEachSeed(3, seed -> {
            KadWorld world = new KadWorld(seed);
            List<KadWorld.Node> servers = world.servers(20);
            servers.subList(1, 20).forEach(server -> server.keep(KEY, Newest.value(6)));
            servers.get(0).keep(KEY, Newest.value(7));
            Found found = world.result(
                    world.joined(world.client(servers.get(5))).routing().get(KEY));
            assertEquals(Optional.of(Newest.value(7)), found.value());
            assertEquals(1, found.copies());
        });
    }

    /** Pitfall 23: what a reader puts tells that it has read. */
    @Test
    void readersPutNothingUnlessTheNamespaceAllowsIt() {
        KadWorld world = new KadWorld(1);
        List<KadWorld.Node> servers = world.servers(5);
        Bytes corrected = Bytes.utf8("/corrected/answer");
        for (Bytes key : List.of(KEY, corrected)) {
            servers.get(0).keep(key, Newest.value(7));
            servers.get(1).keep(key, Newest.value(6));
        }
        KadWorld.Node reader = world.joined(world.client(servers.get(2)));
        world.result(reader.routing().get(KEY));
        world.result(reader.routing().get(corrected));
        world.pass(Duration.ofSeconds(10));
        assertEquals(Optional.of(Newest.value(6)), servers.get(1).kept(KEY));
        assertEquals(Optional.of(Newest.value(7)), servers.get(1).kept(corrected));
    }

    @Test
    void serversRefuseWhatIsInvalidWorseOrOfAnUnknownNamespace() {
        KadWorld world = new KadWorld(1);
        KadWorld.Node server = world.server();
        KadWorld.Node client = world.joined(world.client(server));
        world.result(client.routing().put(KEY, Newest.value(7)));
        assertFails(HostException.Reason.UNREACHABLE, world, client.routing().put(KEY, Newest.value(6)));
        assertFails(HostException.Reason.NOT_ALLOWED, world, client.routing().put(KEY, Bytes.utf8("no number")));
        assertFails(
                HostException.Reason.NOT_ALLOWED,
                world,
                client.routing().put(Bytes.utf8("/other/key"), Newest.value(1)));
        assertFails(HostException.Reason.NOT_ALLOWED, world, client.routing().get(Bytes.utf8("no namespace")));
        assertFails(HostException.Reason.NOT_ALLOWED, world, client.routing().provide(KEY));
        assertEquals(Optional.of(Newest.value(7)), server.kept(KEY));
    }

    @Test
    void recordsSurviveTheLossOfAllThatHadThem() {
        Seeds.forEachSeed(2, seed -> {
            KadWorld world = new KadWorld(seed);
            List<KadWorld.Node> servers = new ArrayList<>(world.servers(8));
            world.result(servers.get(0).routing().put(KEY, Newest.value(3)));
            List<KadWorld.Node> later = world.more(servers.get(0), 8);
            world.pass(Duration.ofHours(2));
            servers.forEach(KadWorld.Node::die);
            KadWorld.Node reader = world.joined(world.client(later.get(0)));
            assertEquals(
                    Optional.of(Newest.value(3)),
                    world.result(reader.routing().get(KEY)).value());
        });
    }

    @Test
    void aRestartedServerHandsOnWhatItHasKept() {
        KadWorld world = new KadWorld(1);
        KadWorld.Node first = world.server();
        world.result(world.joined(world.client(first)).routing().put(KEY, Newest.value(3)));
        KadWorld.Node other = world.more(first, 1).get(0);
        first.die();
        KadWorld.Node again = world.restarted(first, other);
        world.result(again.routing().join());
        world.pass(Duration.ofHours(2));
        assertEquals(Optional.of(Newest.value(3)), other.kept(KEY));
    }

    @Test
    void onlyOneServerHandsARecordOnInAnHour() {
        KadWorld world = new KadWorld(4);
        List<KadWorld.Node> servers = world.servers(20);
        world.result(servers.get(0).routing().put(KEY, Newest.value(3)));
        world.pass(Duration.ofMinutes(10));
        world.resetPuts();
        world.pass(Duration.ofHours(4));
        assertTrue(world.puts() >= 3 * 19, () -> "only " + world.puts() + " puts");
        // Now and then two begin before either has heard of the other.
        assertTrue(world.puts() <= 12 * 19, () -> world.puts() + " puts");
    }

    @Test
    void expiredRecordsAreGone() {
        KadWorld world = new KadWorld(1);
        KadWorld.Node server = world.server();
        KadWorld.Node client = world.joined(world.client(server));
        Bytes key = Bytes.utf8("/day/answer");
        world.result(client.routing().put(key, Newest.value(3)));
        world.pass(Duration.ofHours(23));
        assertTrue(world.result(client.routing().get(key)).value().isPresent());
        world.pass(Duration.ofHours(1));
        assertFalse(world.result(client.routing().get(key)).value().isPresent());
        assertEquals(Optional.empty(), server.kept(key));
    }

    @Test
    void aRestartedHostFindsBackWithoutAnEntryPoint() {
        Seeds.forEachSeed(3, seed -> {
            KadWorld world = new KadWorld(seed);
            List<KadWorld.Node> servers = world.servers(10);
            KadWorld.Node first = world.joined(world.client(servers.get(0)));
            world.pass(Duration.ofMinutes(2));
            first.die();
            servers.get(0).die();
            KadWorld.Node again = world.returning(first);
            assertTrue(world.result(again.routing().join()) >= 5);
        });
    }

    /** Else one liar could make everybody keep, name and knock at the address of a victim. */
    @Test
    void nobodyNamesTheAddressesOfOthers() throws WireException {
        KadWorld world = new KadWorld(1);
        KadWorld.Node server = world.server();
        MemoryHost liar = world.bareHost();
        Multiaddr victim = Multiaddr.parse("/ip6/2a01:1:2::1/udp/4001/quic-v1");
        Peer named = Peer.of(server.host().id(), List.of(victim, server.host().address()));
        liar.handle(KadConstants.protocol("/test"), new Naming(named));
        KadWorld.Node client = world.joined(world.client(liar));
        assertEquals(2, client.routing().tableSize());
        world.result(client.routing().stop());
        assertEquals(
                Set.of(
                        new PeerAddresses(liar.id(), liar.listenAddresses()),
                        new PeerAddresses(server.host().id(), server.host().listenAddresses())),
                client.seen().load().stream().map(SeenPeer::peer).collect(Collectors.toSet()));
    }

    @Test
    void theDeadLeaveTheTables() {
        KadWorld world = new KadWorld(1);
        List<KadWorld.Node> servers = world.servers(20);
        servers.subList(10, 20).forEach(KadWorld.Node::die);
        world.pass(Duration.ofMinutes(40));
        servers.subList(0, 10)
                .forEach(server -> assertEquals(9, server.routing().tableSize()));
    }

    @Test
    void aHostThatLostEverybodyJoinsAgainByItself() {
        KadWorld world = new KadWorld(1);
        KadWorld.Node server = world.server();
        KadWorld.Node client = world.joined(world.clientByAddress(server));
        server.host().close();
        world.pass(Duration.ofMinutes(40));
        assertEquals(0, client.routing().tableSize());
        KadWorld.Node again = world.reborn(server);
        world.pass(Duration.ofMinutes(3));
        assertEquals(1, client.routing().tableSize());
        assertTrue(again.routing().isServer());
    }

    @Test
    void servesOnlyIfOthersCanReachIt() {
        KadWorld world = new KadWorld(1);
        List<KadWorld.Node> servers = world.servers(4);
        KadWorld.Node open = world.joined(world.auto(servers.get(0), false));
        KadWorld.Node hidden = world.joined(world.auto(servers.get(0), true));
        world.pass(Duration.ofMinutes(1));
        assertTrue(open.routing().isServer());
        assertFalse(hidden.routing().isServer());
        // Those that are connected have been told, and nobody has heard of the other.
        assertEquals(4, servers.get(0).routing().tableSize());
    }

    @Test
    void aPeerThatAsksTooMuchIsRefused() {
        KadWorld world = new KadWorld(1);
        KadWorld.Node server = world.server();
        KadWorld.Node client = world.joined(world.client(server));
        int burst = KadLimits.STANDARD.service().perPeer().burst();
        Flood flood = new Flood();
        world.result(client.host()
                .connect(server.host().address())
                .thenCompose(connection -> connection.open(List.of(KadConstants.protocol("/test"))))
                .thenAccept(stream -> flood.begin(stream, 2 * burst)));
        world.pass(Duration.ofSeconds(2));
        assertTrue(flood.wasReset);
        assertTrue(flood.answers >= burst / 2 && flood.answers <= burst, () -> flood.answers + " answers");
        world.pass(Duration.ofMinutes(1));
        assertEquals(
                1, world.result(client.routing().closestPeers(KEY)).coverage().answered());
    }

    @Test
    void manyLookupsAtOnceAreAllAnswered() {
        KadWorld world = new KadWorld(1);
        KadWorld.Node client = world.joined(world.client(world.server()));
        List<CompletionStage<Closest>> asked = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            asked.add(client.routing().closestPeers(Bytes.utf8("/test/" + i)));
        }
        asked.forEach(each -> assertEquals(1, world.result(each).coverage().answered()));
    }

    /** Asks without waiting for answers. */
    private static final class Flood implements MessageStream.Reader {
        int answers;
        boolean wasReset;

        void begin(Stream stream, int requests) {
            MessageStream messages = new MessageStream(stream, 1_000);
            messages.read(this);
            for (int i = 0; i < requests; i++) {
                messages.write(KadCodec.encode(new Request.Ping()));
            }
        }

        @Override
        public void onMessage(Bytes message) {
            answers++;
        }

        @Override
        public void onEnd() {}

        @Override
        public void onReset() {
            wasReset = true;
        }
    }

    /** Answers whatever it is asked with one peer. */
    private record Naming(Peer peer) implements ProtocolHandler {
        @Override
        public void onStream(Stream stream) {
            MessageStream messages = new MessageStream(stream, 1_000);
            messages.read(new MessageStream.Reader() {
                @Override
                public void onMessage(Bytes message) {
                    Answer answer = new Answer(Optional.empty(), List.of(peer), List.of());
                    messages.write(KadCodec.encode(answer, new Request.FindNode(KEY)));
                }

                @Override
                public void onEnd() {
                    stream.closeWrite();
                }

                @Override
                public void onReset() {}
            });
        }
    }

    private static void assertFails(HostException.Reason reason, KadWorld world, CompletionStage<?> stage) {
        CompletionException failed = assertThrows(CompletionException.class, () -> world.result(stage));
        assertEquals(
                reason, assertInstanceOf(HostException.class, failed.getCause()).reason());
    }
}

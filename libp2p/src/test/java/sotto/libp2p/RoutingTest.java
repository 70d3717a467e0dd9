package sotto.libp2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.PeerAddresses;
import sotto.libp2p.host.RecordValidator;
import sotto.libp2p.host.Routing;
import sotto.libp2p.host.Routing.Found;
import sotto.libp2p.kad.Kademlia.Mode;
import sotto.libp2p.peer.Multiaddr;

/** Proves that tables on real hosts and sockets find peers, records and providers, whoever of the twenty is asked. */
class RoutingTest {
    private static final Bytes KEY = Bytes.utf8("/any/key");
    private static final Bytes CONTENT = Bytes.concat(Bytes.ofHex("1220"), Bytes.owning(new byte[32]));

    private final List<Host> hosts = new ArrayList<>();
    private final List<Routing> routings = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (Routing each : routings) {
            Await.result(each.stop());
        }
        hosts.forEach(Host::close);
    }

    @Test
    void twentyHostsFindEverything() throws Exception {
        Multiaddr entry = addServer(List.of());
        for (int i = 1; i < 20; i++) {
            addServer(List.of(entry));
            Await.result(routings.get(i).join());
        }
        Routing writer = routings.get(4);
        Routing reader = addClient(entry);
        assertTrue(Await.result(reader.join()) >= 15);
        // The writer keeps a copy of its own.
        assertEquals(19, Await.result(writer.put(KEY, Bytes.utf8("1"))).servers());
        Found found = Await.result(reader.get(KEY));
        assertEquals(Optional.of(Bytes.utf8("1")), found.value());
        assertEquals(20, found.copies());
        Await.result(writer.provide(CONTENT));
        List<PeerAddresses> providers =
                Await.result(reader.findProviders(CONTENT)).providers();
        PeerAddresses expected =
                new PeerAddresses(hosts.get(4).id(), hosts.get(4).listenAddresses());
        assertEquals(List.of(expected), providers);
        assertEquals(
                Optional.of(expected), Await.result(reader.findPeer(hosts.get(4).id())));
    }

    @Test
    void twoClientsMeetOverOneServerKnownByItsAddressAlone() throws Exception {
        Multiaddr entry = addServer(List.of()).withoutPeer();
        Routing writer = addClient(entry);
        Await.result(writer.join());
        assertEquals(1, Await.result(writer.put(KEY, Bytes.utf8("7"))).servers());
        Routing reader = addClient(entry);
        Await.result(reader.join());
        assertEquals(Optional.of(Bytes.utf8("7")), Await.result(reader.get(KEY)).value());
    }

    private Multiaddr addServer(List<Multiaddr> entryPoints) throws Exception {
        Host host = new HostBuilder()
                .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")))
                .build();
        add(host, Mode.SERVER, entryPoints);
        return Await.result(host.start()).get(0).withPeer(host.id());
    }

    private Routing addClient(Multiaddr entry) {
        return add(new HostBuilder().listen(List.of()).build(), Mode.CLIENT, List.of(entry));
    }

    private Routing add(Host host, Mode mode, List<Multiaddr> entryPoints) {
        hosts.add(host);
        Routing routing = new RoutingBuilder()
                .mode(mode)
                .validator("any", new Anything())
                .entryPoints(entryPoints)
                .build(host);
        routings.add(routing);
        return routing;
    }

    /** Every value is valid, and the longest the best. */
    private static final class Anything implements RecordValidator {
        @Override
        public Instant validate(Bytes key, Bytes value, Instant now) throws WireException {
            return Instant.MAX;
        }

        @Override
        public int select(Bytes key, List<Bytes> values) {
            int best = 0;
            for (int i = 1; i < values.size(); i++) {
                best = values.get(i).size() > values.get(best).size() ? i : best;
            }
            return best;
        }
    }
}

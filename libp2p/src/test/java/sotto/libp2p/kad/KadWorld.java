package sotto.libp2p.kad;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.MemoryHost;
import sotto.libp2p.host.MemoryNetwork;
import sotto.libp2p.host.RecordStore;
import sotto.libp2p.host.RecordStore.StoredRecord;
import sotto.libp2p.host.RecordValidator;
import sotto.libp2p.host.RoutingMeter;
import sotto.libp2p.host.SeenPeers;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualTime;

/** Hosts with a table each, on one network in memory and in one virtual time. */
final class KadWorld {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final VirtualTime time;
    private final MemoryNetwork network;
    private final Validators validators;
    private int puts;

    KadWorld(long seed) {
        this.time = new VirtualTime(seed);
        this.network = new MemoryNetwork(time, new SplittableRandom(seed));
        this.validators = new Validators(Map.of(
                "test",
                Newest.FOR_EVER,
                "broken",
                new Broken(),
                "corrected",
                new Newest(Instant.MAX, true),
                "day",
                new Newest(VirtualTime.START.plus(Duration.ofHours(24)), false)));
    }

    /** A host with its table, and what it would keep on a disk. */
    record Node(MemoryHost host, Kademlia routing, RecordStore records, Remembered seen) {
        void die() {
            routing.stop();
            host.loop().runUntilIdle();
            host.close();
        }

        Optional<Bytes> kept(Bytes key) {
            return records.get(key).map(StoredRecord::value);
        }

        void keep(Bytes key, Bytes value) {
            Instant now = host.loop().clock().instant();
            records.put(new StoredRecord(key, value, now, now.plus(Duration.ofDays(1)), host.id()));
        }
    }

    /** Remembers peers as long as the test lives. */
    static final class Remembered implements SeenPeers {
        private List<SeenPeer> saved = List.of();
        private boolean isBroken;

        /** Whether it throws. */
        void setBroken(boolean isBroken) {
            this.isBroken = isBroken;
        }

        @Override
        public List<SeenPeer> load() {
            return saved;
        }

        @Override
        public void save(List<SeenPeer> peers) {
            if (isBroken) {
                throw new IllegalStateException("broken");
            }
            saved = List.copyOf(peers);
        }
    }

    /** A first server, which has nobody to join. */
    Node server() {
        return node(network.newHost(), Kademlia.Mode.SERVER, List.of(), new Remembered());
    }

    Node client(Node entry) {
        return client(entry.host());
    }

    Node client(MemoryHost entry) {
        return node(network.newHost(), Kademlia.Mode.CLIENT, List.of(entry.address()), new Remembered());
    }

    /** A host without a table, for what no table would do. */
    MemoryHost bareHost() {
        MemoryHost host = network.newHost();
        host.start();
        return host;
    }

    /** A host that serves if it finds that it can; behind a translator of addresses, or not. */
    Node auto(Node entry, boolean isBehindNat) {
        MemoryHost host = isBehindNat ? network.newHostBehindNat("31.1.1.1") : network.newHost();
        return node(host, Kademlia.Mode.AUTO, List.of(entry.host().address()), new Remembered());
    }

    /** A client that knows where {@code entry} is, and not who. */
    Node clientByAddress(Node entry) {
        return node(network.newHost(), Kademlia.Mode.CLIENT, entry.host().listenAddresses(), new Remembered());
    }

    /** {@code node} with a new host, and nothing but what it remembers. */
    Node returning(Node node) {
        return node(network.newHost(), Kademlia.Mode.CLIENT, List.of(), node.seen());
    }

    /** The server {@code node} with a new host, and the records it has kept. */
    Node restarted(Node node, Node entry) {
        MemoryHost host = network.newHost();
        return node(host, Kademlia.Mode.SERVER, List.of(entry.host().address()), new Remembered(), node.records());
    }

    /** Another host at the very address of {@code node}, whose id nobody knows. */
    Node reborn(Node node) {
        MemoryHost host = network.reborn(node.host());
        return node(host, Kademlia.Mode.SERVER, List.of(), new Remembered());
    }

    List<Node> servers(int count) {
        List<Node> servers = new ArrayList<>(List.of(server()));
        servers.addAll(more(servers.get(0), count - 1));
        return servers;
    }

    /** More servers, that join by way of {@code entry}. */
    List<Node> more(Node entry, int count) {
        List<Node> servers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            servers.add(joined(node(
                    network.newHost(),
                    Kademlia.Mode.SERVER,
                    List.of(entry.host().address()),
                    new Remembered())));
        }
        return servers;
    }

    Node joined(Node node) {
        result(node.routing().join());
        return node;
    }

    <T> T result(CompletionStage<T> stage) {
        CompletableFuture<T> outcome = stage.toCompletableFuture();
        time.advanceUntil(outcome::isDone, PATIENCE);
        return outcome.join();
    }

    void pass(Duration span) {
        time.advance(span);
    }

    void resetPuts() {
        puts = 0;
    }

    /** How many records were stored, by all servers together. */
    int puts() {
        return puts;
    }

    private Node node(MemoryHost host, Kademlia.Mode mode, List<Multiaddr> entryPoints, Remembered seen) {
        RecordStore records = new CountingStore(new MemoryRecordStore(Key.of(host.id()), KadLimits.STANDARD.records()));
        return node(host, mode, entryPoints, seen, records);
    }

    private Node node(
            MemoryHost host, Kademlia.Mode mode, List<Multiaddr> entryPoints, Remembered seen, RecordStore records) {
        Kademlia routing = new Kademlia(
                host,
                new Kademlia.Config(
                        host.loop(),
                        "/test",
                        mode,
                        entryPoints,
                        validators,
                        new Kademlia.Persistent(records, seen),
                        KadLimits.STANDARD,
                        RoutingMeter.NONE));
        host.start();
        return new Node(host, routing, records, seen);
    }

    /** Rules with a bug. */
    private static final class Broken implements RecordValidator {
        @Override
        public Instant validate(Bytes key, Bytes value, Instant now) {
            throw new IllegalStateException("broken");
        }

        @Override
        public int select(Bytes key, List<Bytes> values) {
            throw new IllegalStateException("broken");
        }
    }

    /** Counts what is put. */
    private final class CountingStore implements RecordStore {
        private final RecordStore store;

        CountingStore(RecordStore store) {
            this.store = store;
        }

        @Override
        public Optional<StoredRecord> get(Bytes key) {
            return store.get(key);
        }

        @Override
        public boolean put(StoredRecord record) {
            puts++;
            return store.put(record);
        }

        @Override
        public void removeExpired(Instant now) {
            store.removeExpired(now);
        }

        @Override
        public List<Bytes> keys() {
            return store.keys();
        }

        @Override
        public int size() {
            return store.size();
        }
    }
}

package sotto.libp2p.kad;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.PeerAddresses;
import sotto.libp2p.host.RecordStore;
import sotto.libp2p.host.Routing;
import sotto.libp2p.host.RoutingMeter;
import sotto.libp2p.host.SeenPeers;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.EventLoop;

/**
 * The table on a host: composes the parts and brings every call to the routing's loop. Life cycle: made before its host is started,
 * joined after, stopped before the host is closed. Thread-safe.
 */
public final class Kademlia implements Routing {
    private final Host host;
    private final EventLoop loop;
    private final Neighbours neighbours;
    private final Queries queries;
    private final Join join;
    private final Upkeep upkeep;
    private final ServerMode mode;
    private final Requests requests;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final Config config;
    private boolean isStopped;

    public Kademlia(Host host, Config config) {
        this.host = host;
        this.config = config;
        this.loop = config.loop();
        Requests.Environment environment = new Requests.Environment(
                host, loop, KadConstants.protocol(config.prefix()), config.limits(), config.meter());
        RoutingTable table = new RoutingTable(Key.of(host.id()), config.limits().table());
        Server.Peers peers = new Server.Peers(host.id(), table);
        Server.Records records = new Server.Records(
                config.stored().records(),
                new Replication(config.limits().upkeep().replication()),
                new ProviderStore(config.limits().records(), KadConstants.PROVIDER_EXPIRY));
        Server.Parts parts = new Server.Parts(peers, records, config.validators(), config.limits());
        Server server = new Server(parts, loop.random());
        this.neighbours = new Neighbours(loop, environment.protocol(), table);
        this.requests = new Requests(environment, neighbours);
        this.queries = new Queries(loop, requests, parts, server);
        Join.Way way = new Join.Way(config.entryPoints(), config.stored().seenPeers());
        this.join = new Join(environment, neighbours, queries, peers, way);
        this.mode = new ServerMode(environment, config.mode());
        Serving serving = new Serving(environment, server, mode::isServing);
        this.upkeep = new Upkeep(loop, parts, new Work());
        host.addListener(neighbours);
        host.addListener(serving);
        host.addListener(mode);
        host.handle(environment.protocol(), serving);
        loop.execute(() -> {
            takeOver(records);
            upkeep.start();
        });
    }

    /** Whether this host answers others. */
    public enum Mode {
        CLIENT,
        SERVER,
        /** A client, until it is found that others can dial this host; a server from then on. */
        AUTO
    }

    /**
     * What it is made of.
     *
     * @param prefix of the network, see {@link KadConstants#protocol}
     * @param entryPoints where a first peer may be met, with or without {@code /p2p}
     */
    public record Config(
            EventLoop loop,
            String prefix,
            Mode mode,
            List<Multiaddr> entryPoints,
            Validators validators,
            Persistent stored,
            KadLimits limits,
            RoutingMeter meter) {
        public Config {
            entryPoints = List.copyOf(entryPoints);
        }
    }

    /** What may outlive this host. */
    public record Persistent(RecordStore records, SeenPeers seenPeers) {}

    @Override
    public CompletionStage<Integer> join() {
        return onLoop(join::begin);
    }

    @Override
    public CompletionStage<Integer> join(PeerAddresses entry) {
        return onLoop(() -> join.by(Peer.of(entry)));
    }

    @Override
    public CompletionStage<List<SeenPeers.SeenPeer>> seenPeers() {
        return onLoop(() -> CompletableFuture.completedFuture(neighbours.seen()));
    }

    @Override
    public CompletionStage<Optional<PeerAddresses>> findPeer(PeerId peer) {
        return onLoop(() -> queries.peer(peer));
    }

    @Override
    public CompletionStage<Closest> closestPeers(Bytes key) {
        return onLoop(() -> queries.closest(key));
    }

    @Override
    public CompletionStage<Found> get(Bytes key) {
        return onLoop(() -> queries.get(key));
    }

    @Override
    public CompletionStage<Stored> put(Bytes key, Bytes value) {
        return onLoop(() -> queries.put(key, value, isServer()));
    }

    @Override
    public CompletionStage<Stored> provide(Bytes key) {
        return onLoop(() -> queries.provide(key, host.listenAddresses()));
    }

    @Override
    public CompletionStage<Providers> findProviders(Bytes key) {
        return onLoop(() -> queries.providers(key));
    }

    @Override
    public boolean isServer() {
        return mode.isServing();
    }

    @Override
    public int tableSize() {
        return neighbours.tableSize();
    }

    @Override
    public CompletionStage<Void> stop() {
        loop.execute(() -> {
            if (!isStopped) {
                isStopped = true;
                mode.stop();
                end();
            }
        });
        return stopped;
    }

    /** What one step throws keeps none of the others from being done. */
    private void end() {
        try {
            upkeep.stop();
        } finally {
            try {
                config.stored().records().close();
            } finally {
                stopped.complete(null);
            }
        }
    }

    /** Completes when {@link #stop} has been carried out. */
    public CompletionStage<Void> stopped() {
        return stopped;
    }

    /** Records that were kept before this start are to be handed on as if they had just come in. */
    private void takeOver(Server.Records records) {
        long now = loop.uptime().toMillis();
        records.store().keys().forEach(key -> records.replication().onCopy(key, now, loop.random()));
    }

    private <T> CompletionStage<T> onLoop(Supplier<CompletionStage<T>> call) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        loop.execute(() -> {
            if (isStopped) {
                outcome.completeExceptionally(new HostException(HostException.Reason.CLOSED, "the routing is stopped"));
                return;
            }
            Failures.attempt(call).whenComplete((result, failure) -> {
                if (failure == null) {
                    outcome.complete(result);
                } else {
                    outcome.completeExceptionally(Failures.cause(failure));
                }
            });
        });
        return outcome;
    }

    /** What the upkeep finds to do. Nobody waits for the outcome: what fails shows in the table. */
    private final class Work implements Upkeep.Work {
        @Override
        public void rejoin() {
            Failures.attempt(join::begin).whenComplete((known, failure) -> upkeep.onRejoined(failure == null));
        }

        @Override
        public void check(Peer peer) {
            requests.ask(peer, new Request.Ping()).whenComplete((answer, failure) -> {
                boolean hasRefused = Failures.is(failure, HostException.Reason.CLOSED);
                if (hasRefused) {
                    neighbours.onFailure(peer.id());
                }
            });
        }

        @Override
        public void refresh(Bytes target) {
            queries.find(target, List.of());
        }

        @Override
        public CompletionStage<Void> replicate(Bytes key) {
            return queries.replicate(key);
        }

        @Override
        public void save() {
            config.stored().seenPeers().save(neighbours.seen());
        }
    }
}

package sotto.libp2p.kad;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.HostException;

/** One node of a simulated world: this room's own parts, joined to the world instead of to a host. Not thread-safe. */
final class SimNode implements Asker {
    /** Connections of a host at once. */
    private static final int LINKS_MAX = 512;

    private static final int LINKS_MIN = 16;

    final int number;
    final Peer peer;
    final boolean isServer;
    final SimLoop loop;
    final RoutingTable table;
    final MemoryRecordStore records;
    final Server server;
    final Queries queries;
    final Upkeep upkeep;
    SimBehaviour behaviour = SimBehaviour.HONEST;
    boolean isAlive = true;

    /** Watched, if any: one at a time. */
    @Nullable
    SimTrace trace;

    private final SimWorld world;
    /** When each open connection was used last. */
    private final Map<SimNode, Long> links = new HashMap<>(4);
    /** When there are so many links, it is time to look for those that have ended. */
    private int linksLookedAt = LINKS_MIN;

    private SimNode(SimWorld world, int number, Peer peer, boolean isServer, SimLoop loop) {
        this.world = world;
        this.number = number;
        this.peer = peer;
        this.isServer = isServer;
        this.loop = loop;
        KadLimits limits = world.options().limits();
        this.table = new RoutingTable(peer.key(), limits.table());
        this.records = new MemoryRecordStore(peer.key(), limits.records());
        Server.Parts parts = new Server.Parts(
                new Server.Peers(peer.id(), table),
                new Server.Records(
                        records,
                        new Replication(limits.upkeep().replication()),
                        new ProviderStore(limits.records(), KadConstants.PROVIDER_EXPIRY)),
                SimRecords.VALIDATORS,
                limits);
        this.server = new Server(parts, loop.random());
        this.queries = new Queries(loop, this, parts, server);
        this.upkeep = new Upkeep(loop, parts, new Work());
    }

    static SimNode born(SimWorld world, int number, Peer peer, boolean isServer) {
        return new SimNode(world, number, peer, isServer, world.newLoop());
    }

    @Override
    public CompletionStage<Answer> ask(Peer to, Request request) {
        CompletableFuture<Answer> promise = new CompletableFuture<>();
        CompletionStage<Answer> outcome = promise;
        if (isAlive) {
            SimTrace watching = trace;
            new SimExchange(world, this, to, request, promise).begin();
            if (watching != null && watching.isAbout(request)) {
                watching.onAsked(to);
                outcome.thenAccept(answer -> watching.onAnswer(to, answer.closer()));
            }
        }
        return outcome;
    }

    /** Finds its neighbourhood, by way of {@code entries}. */
    CompletionStage<Lookup> join(List<Peer> entries) {
        return queries.find(peer.id().multihash(), entries);
    }

    void die() {
        isAlive = false;
        upkeep.stop();
        loop.close();
        links.clear();
    }

    boolean isLinked(SimNode other, long nowMillis) {
        Long used = links.get(other);
        return used != null
                && nowMillis - used <= world.options().link().trips().idleMillis();
    }

    void useLink(SimNode other, long nowMillis) {
        if (links.size() >= linksLookedAt) {
            long idleMillis = world.options().link().trips().idleMillis();
            links.values().removeIf(used -> nowMillis - used > idleMillis);
            linksLookedAt = 2 * links.size() + LINKS_MIN;
        }
        if (links.size() < LINKS_MAX) {
            links.put(other, nowMillis);
        }
    }

    @Override
    public String toString() {
        return "node " + number;
    }

    /** As the driver does it on a host. */
    private final class Work implements Upkeep.Work {
        @Override
        public void rejoin() {
            join(world.entryPoints()).whenComplete((lookup, failure) -> upkeep.onRejoined(table.size() > 0));
        }

        @Override
        public void check(Peer checked) {
            ask(checked, new Request.Ping()).whenComplete((answer, failure) -> {
                if (Failures.is(failure, HostException.Reason.CLOSED)) {
                    table.onFailure(checked.id(), world.nowMillis());
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
            // Nobody restarts here: who leaves is replaced by somebody else.
        }
    }
}

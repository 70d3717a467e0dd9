package sotto.libp2p.kad;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.HostException.Reason;
import sotto.libp2p.host.SeenPeers;
import sotto.libp2p.host.SeenPeers.SeenPeer;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoop;

/**
 * Finds the way into the network: looks up this host's own key, by way of the entry points and the peers seen last together, so
 * that whoever answers first leads on. Confined to the routing's loop.
 */
final class Join {
    /** So many of the peers seen last are tried; the newest are the likeliest to live. */
    private static final int SEEN_TRIED_MAX = 40;

    private final Requests.Environment environment;
    private final EventLoop loop;
    private final Neighbours neighbours;
    private final Queries queries;
    private final Server.Peers peers;
    private final Way way;
    private boolean hasLoaded;

    Join(Requests.Environment environment, Neighbours neighbours, Queries queries, Server.Peers peers, Way way) {
        this.environment = environment;
        this.loop = environment.loop();
        this.neighbours = neighbours;
        this.queries = queries;
        this.peers = peers;
        this.way = way;
    }

    /** Where to begin. */
    record Way(List<Multiaddr> entryPoints, SeenPeers seenPeers) {}

    /** How many peers the table has then; fails with {@link HostException} if nobody answered. */
    CompletionStage<Integer> begin() {
        if (!hasLoaded) {
            hasLoaded = true;
            neighbours.remember(way.seenPeers.load());
        }
        Stream<Peer> seen = neighbours.seen().stream().map(SeenPeer::peer).map(Peer::of);
        Stream<Peer> named = way.entryPoints.stream().flatMap(address -> named(address).stream());
        List<Peer> first = Stream.concat(seen.limit(SEEN_TRIED_MAX), named).toList();
        CompletionStage<List<Peer>> met = meetUnnamed();
        return queries.find(peers.self().multihash(), first)
                .thenCompose(lookup -> peers.table().size() > 0
                        ? CompletableFuture.completedFuture(lookup)
                        : met.thenCompose(others -> queries.find(peers.self().multihash(), others)))
                .thenCompose(lookup -> outcome());
    }

    /** The same by way of {@code entry} alone; fails with {@link HostException} if it does not answer. */
    CompletionStage<Integer> by(Peer entry) {
        return queries.find(peers.self().multihash(), entry).thenCompose(lookup -> outcome());
    }

    private CompletionStage<Integer> outcome() {
        int known = peers.table().size();
        return known > 0
                ? CompletableFuture.completedFuture(known)
                : CompletableFuture.failedFuture(
                        new HostException(Reason.UNREACHABLE, "no peer of the network answered"));
    }

    private static Optional<Peer> named(Multiaddr address) {
        return address.peerId().map(id -> Peer.of(id, List.of(address)));
    }

    /** Connects to the entry points of which it is not known who is there; completes with those that are. */
    private CompletionStage<List<Peer>> meetUnnamed() {
        List<Multiaddr> unnamed = way.entryPoints.stream()
                .filter(address -> address.peerId().isEmpty())
                .toList();
        List<Peer> met = new ArrayList<>();
        CompletableFuture<List<Peer>> outcome = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(unnamed.size());
        if (unnamed.isEmpty()) {
            outcome.complete(met);
        }
        unnamed.forEach(address -> environment
                .host()
                .connect(address)
                .whenComplete((connection, failure) -> loop.execute(() -> {
                    if (failure == null) {
                        met.add(peer(connection));
                    }
                    if (left.decrementAndGet() == 0) {
                        outcome.complete(met);
                    }
                })));
        return outcome;
    }

    private static Peer peer(Connection connection) {
        return Peer.of(connection.remotePeer(), List.of(connection.remoteAddress()));
    }
}

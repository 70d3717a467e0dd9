package sotto.libp2p.kad;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.HostException.Reason;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.RoutingMeter;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.EventLoop;

/**
 * Asks peers: over a connection that is open, else over one dialled for it, each request on a stream of its own, a few at a time
 * to one peer. What it learns of who lives goes to the routing table. Confined to the routing's loop.
 */
final class Requests implements Asker {
    /** What a server answers at once is bounded; more than this waits here. */
    private static final int UNDER_WAY_PER_PEER_MAX = 16;

    private static final int WAITING_PER_PEER_MAX = 1_024;

    private final Host host;
    private final EventLoop loop;
    private final ProtocolId protocol;
    private final KadLimits limits;
    private final RoutingMeter meter;
    private final Neighbours neighbours;
    private final Map<PeerId, CompletionStage<Connection>> dials = new HashMap<>();
    private final Map<PeerId, Deque<Asking>> waiting = new HashMap<>();

    Requests(Environment environment, Neighbours neighbours) {
        this.host = environment.host();
        this.loop = environment.loop();
        this.protocol = environment.protocol();
        this.limits = environment.limits();
        this.meter = environment.meter();
        this.neighbours = neighbours;
    }

    /** What the driver's parts have in common. */
    record Environment(Host host, EventLoop loop, ProtocolId protocol, KadLimits limits, RoutingMeter meter) {}

    @Override
    public void onLookup() {
        meter.onLookup();
    }

    @Override
    public CompletionStage<Answer> ask(Peer peer, Request request) {
        Asking asking = new Asking(peer, request);
        Deque<Asking> queue = waiting.computeIfAbsent(peer.id(), absent -> new ArrayDeque<>());
        if (queue.size() >= WAITING_PER_PEER_MAX) {
            asking.finish(new HostException(Reason.LIMIT_REACHED, "too many requests wait for this peer"));
        } else {
            asking.begin();
            queue.add(asking);
            goOn(peer.id());
        }
        return asking.outcome;
    }

    /** Asks the next ones of those that wait for {@code peer}. */
    private void goOn(PeerId peer) {
        Deque<Asking> queue = waiting.get(peer);
        if (queue == null) {
            return;
        }
        queue.removeIf(asking -> asking.outcome.isDone());
        queue.stream()
                .limit(UNDER_WAY_PER_PEER_MAX)
                .filter(asking -> !asking.isUnderWay)
                .toList()
                .forEach(Asking::send);
        if (queue.isEmpty()) {
            waiting.remove(peer);
        }
    }

    /** One request, from when it is made until it has an outcome. */
    private final class Asking {
        final CompletableFuture<Answer> outcome = new CompletableFuture<>();
        private final Peer peer;
        private final Request request;
        private EventLoop.Timer timeout = () -> {};
        private boolean isUnderWay;

        Asking(Peer peer, Request request) {
            this.peer = peer;
            this.request = request;
        }

        void begin() {
            timeout = loop.schedule(
                    limits.upkeep().request(),
                    () -> finish(new HostException(Reason.UNREACHABLE, "no answer in time")));
        }

        void send() {
            isUnderWay = true;
            connectionTo(peer)
                    .thenCompose(connection -> connection
                            .open(List.of(protocol))
                            .thenCompose(stream -> Exchange.over(stream, request, limits))
                            .thenAccept(answer -> loop.execute(() -> onAnswer(connection, answer))))
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            loop.execute(() -> finish(failure));
                        }
                    });
        }

        private void onAnswer(Connection connection, Answer answer) {
            if (!outcome.isDone()) {
                timeout.cancel();
                neighbours.onAnswer(connection);
                outcome.complete(new Answer(
                        answer.value(),
                        dialable(answer.closer(), connection),
                        dialable(answer.providers(), connection)));
                goOn(peer.id());
            }
        }

        void finish(Throwable failure) {
            if (outcome.isDone()) {
                return;
            }
            timeout.cancel();
            Throwable cause = Failures.cause(failure);
            if (!(cause instanceof HostException expected) || saysItIsGone(expected.reason())) {
                neighbours.onFailure(peer.id());
            }
            outcome.completeExceptionally(cause);
            goOn(peer.id());
        }
    }

    private static List<Peer> dialable(List<Peer> named, Connection by) {
        return named.stream()
                .map(peer -> peer.at(Reachable.from(peer.addresses(), by.remoteAddress())))
                .toList();
    }

    /** Whether a failure says that the peer is no server that can be reached; that it refused, or we did, does not. */
    private static boolean saysItIsGone(Reason reason) {
        return switch (reason) {
            case UNREACHABLE, HANDSHAKE_FAILED, PROTOCOL_NOT_SUPPORTED -> true;
            case NOT_ALLOWED, LIMIT_REACHED, CLOSED -> false;
        };
    }

    /** Dials to one peer are joined while under way. */
    private CompletionStage<Connection> connectionTo(Peer peer) {
        var open = neighbours.connectionTo(peer.id());
        if (open.isPresent()) {
            return CompletableFuture.completedFuture(open.get());
        }
        CompletionStage<Connection> underWay = dials.get(peer.id());
        if (underWay != null) {
            return underWay;
        }
        CompletionStage<Connection> dial = Dial.begin(host, loop, peer);
        dials.put(peer.id(), dial);
        dial.whenComplete((connection, failure) -> dials.remove(peer.id()));
        return dial;
    }
}

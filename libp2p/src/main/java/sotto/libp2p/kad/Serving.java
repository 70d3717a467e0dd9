package sotto.libp2p.kad;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ConnectionListener;
import sotto.libp2p.host.MessageStream;
import sotto.libp2p.host.ProtocolHandler;
import sotto.libp2p.host.RoutingMeter;
import sotto.libp2p.host.RoutingMeter.Question;
import sotto.libp2p.host.RoutingMeter.Refusal;
import sotto.libp2p.host.Stream;
import sotto.libp2p.peer.IpNetwork;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.EventLoop;

/**
 * Answers the streams of other peers, one request of a stream at a time and so many requests in all; whoever asks too much, or
 * what makes no sense, gets a reset. Messages are read on the connection's loop and answered on the routing's. Thread-safe.
 */
final class Serving implements ProtocolHandler, ConnectionListener {
    private final EventLoop loop;
    private final KadLimits limits;
    private final Server server;
    private final BooleanSupplier isServing;
    private final RoutingMeter meter;
    private final Allowances<PeerId> perPeer;
    private final Allowances<IpNetwork> perAddress;
    private final Map<Connection, Integer> streams = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();

    Serving(Requests.Environment environment, Server server, BooleanSupplier isServing) {
        this.loop = environment.loop();
        this.limits = environment.limits();
        this.server = server;
        this.meter = environment.meter();
        this.isServing = isServing;
        this.perPeer = new Allowances<>(limits.service().perPeer());
        this.perAddress = new Allowances<>(limits.service().perAddress());
    }

    @Override
    public boolean isOfferedOn(Connection connection) {
        return isServing.getAsBoolean();
    }

    @Override
    public void onStream(Stream stream) {
        Connection connection = stream.connection();
        if (streams.merge(connection, 1, Integer::sum) > limits.service().streamsPerConnectionMax()) {
            release(connection);
            refuse(stream, Refusal.STREAMS_FULL);
        } else {
            MessageStream messages = new MessageStream(stream, limits.service().messageBytesMax());
            messages.read(new Conversation(messages));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        streams.remove(connection);
    }

    private void release(Connection connection) {
        streams.computeIfPresent(connection, (same, count) -> count == 1 ? null : count - 1);
    }

    private void refuse(Stream stream, Refusal refusal) {
        meter.onRefused(refusal);
        stream.reset();
    }

    /** Why {@code connection} may not ask once more, if it may not; on the routing's loop. */
    private Optional<Refusal> tooFast(Connection connection) {
        long now = loop.uptime().toMillis();
        if (!perPeer.take(connection.remotePeer(), now)) {
            return Optional.of(Refusal.PEER_TOO_FAST);
        }
        Optional<IpNetwork> source = connection
                .remoteAddress()
                .ip()
                .filter(ip -> !ip.isLoopbackAddress())
                .map(IpNetwork::of);
        return source.isEmpty() || perAddress.take(source.get(), now)
                ? Optional.empty()
                : Optional.of(Refusal.NETWORK_TOO_FAST);
    }

    private Optional<Bytes> answer(Connection connection, Request request) throws WireException {
        Moment now = new Moment(loop.uptime().toMillis(), loop.clock().instant());
        Request believed = believed(request, connection);
        return server.answer(believed, connection.remotePeer(), now).map(answer -> KadCodec.encode(answer, request));
    }

    /** Announcements without the addresses that this peer may not name. */
    private static Request believed(Request request, Connection by) {
        if (!(request instanceof Request.AddProvider announcement)) {
            return request;
        }
        return new Request.AddProvider(
                request.key(),
                announcement.providers().stream()
                        .map(peer -> peer.at(Reachable.from(peer.addresses(), by.remoteAddress())))
                        .toList());
    }

    private static Question questionOf(Request request) {
        return request.match(new Request.Cases<>() {
            @Override
            public Question onFindNode(Request.FindNode question) {
                return Question.FIND_NODE;
            }

            @Override
            public Question onGetValue(Request.GetValue question) {
                return Question.GET_VALUE;
            }

            @Override
            public Question onPutValue(Request.PutValue question) {
                return Question.PUT_VALUE;
            }

            @Override
            public Question onGetProviders(Request.GetProviders question) {
                return Question.GET_PROVIDERS;
            }

            @Override
            public Question onAddProvider(Request.AddProvider question) {
                return Question.ADD_PROVIDER;
            }

            @Override
            public Question onPing(Request.Ping question) {
                return Question.PING;
            }
        });
    }

    /** One stream. Messages are decoded on the connection's loop; all else happens on the routing's, in the same order. */
    private final class Conversation implements MessageStream.Reader {
        private final MessageStream messages;
        private final Connection connection;
        private boolean isCounted = true;

        Conversation(MessageStream messages) {
            this.messages = messages;
            this.connection = messages.stream().connection();
        }

        @Override
        public void onMessage(Bytes message) {
            // Whoever does not read its answers is asked no more questions of.
            messages.setReading(false);
            if (waiting.incrementAndGet() > limits.service().waitingMax()) {
                waiting.decrementAndGet();
                refuse(messages.stream(), Refusal.WAITING_FULL);
                return;
            }
            try {
                Request request = KadCodec.decodeRequest(message, limits.records());
                loop.execute(() -> respond(request));
            } catch (WireException malformed) {
                waiting.decrementAndGet();
                refuse(messages.stream(), Refusal.MALFORMED);
            }
        }

        @Override
        public void onEnd() {
            loop.execute(() -> {
                messages.stream().closeWrite();
                release();
            });
        }

        @Override
        public void onReset() {
            loop.execute(this::release);
        }

        private void respond(Request request) {
            waiting.decrementAndGet();
            if (!isServing.getAsBoolean()) {
                messages.stream().reset();
                return;
            }
            Optional<Refusal> tooFast = tooFast(connection);
            if (tooFast.isPresent()) {
                refuse(messages.stream(), tooFast.get());
                return;
            }
            try {
                Optional<Bytes> answer = answer(connection, request);
                meter.onAnswered(questionOf(request));
                if (answer.isPresent()) {
                    messages.write(answer.get()).thenRun(() -> messages.setReading(true));
                } else {
                    messages.setReading(true);
                }
            } catch (WireException refused) {
                refuse(messages.stream(), Refusal.NOT_KEPT);
            } catch (RuntimeException bug) {
                // Whoever asked is not to wait for an answer that never comes.
                messages.stream().reset();
                throw bug;
            }
        }

        private void release() {
            if (isCounted) {
                isCounted = false;
                Serving.this.release(connection);
            }
        }
    }
}

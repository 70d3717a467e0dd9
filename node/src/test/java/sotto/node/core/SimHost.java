package sotto.node.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ConnectionListener;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.ProtocolHandler;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.VirtualLoop;

/** A host on a {@link SimNetwork}: real in everything that the messenger sees of one, but for bytes on a wire. */
final class SimHost implements Host {
    private static final Duration REFUSAL = Duration.ofMillis(100);

    final SimNetwork network;
    final VirtualLoop loop;
    private final Multiaddr address;
    private final PeerId id;
    private final Map<ProtocolId, ProtocolHandler> handlers = new HashMap<>();
    private final List<ConnectionListener> listeners = new ArrayList<>();
    private final List<SimConnection> connections = new ArrayList<>();
    private final Map<Multiaddr, CompletableFuture<Connection>> underWay = new HashMap<>();
    private BiConsumer<Connection, Bytes> curious = (connection, bytes) -> {};

    SimHost(SimNetwork network, VirtualLoop loop, Multiaddr address) {
        this.network = network;
        this.loop = loop;
        this.address = address;
        // The multihash of an inlined Ed25519 key, of which nobody has the other half.
        this.id = new PeerId(Bytes.concat(Bytes.ofHex("002408011220"), network.fresh(32)));
    }

    @Override
    public PeerId id() {
        return id;
    }

    @Override
    public CompletionStage<List<Multiaddr>> start() {
        CompletableFuture<List<Multiaddr>> listening = new CompletableFuture<>();
        loop.schedule(network.listenDelay(), () -> {
            network.listen(address, this);
            listening.complete(List.of(address));
        });
        return listening;
    }

    @Override
    public List<Multiaddr> listenAddresses() {
        return List.of(address);
    }

    /** As the contract says: an open connection to the peer that is named, a dial that is under way, or a new one. */
    @Override
    public CompletionStage<Connection> connect(Multiaddr to) {
        Optional<SimConnection> open = connections.stream()
                .filter(connection -> connection.isOpen() && to.peerId().equals(Optional.of(connection.remotePeer())))
                .findFirst();
        if (open.isPresent()) {
            return CompletableFuture.completedFuture(open.get());
        }
        CompletableFuture<Connection> dial = underWay.get(to);
        if (dial == null) {
            dial = new CompletableFuture<>();
            underWay.put(to, dial);
            dial(to, dial);
        }
        return dial.copy();
    }

    private void dial(Multiaddr to, CompletableFuture<Connection> connected) {
        Multiaddr place = to.withoutPeer();
        network.dialled(place);
        Optional<SimHost> other = network.at(place);
        loop.schedule(other.isPresent() ? network.delay() : REFUSAL, () -> {
            underWay.remove(to);
            boolean isThere = other.isPresent() && network.at(place).equals(other);
            if (isThere
                    && to.peerId()
                            .filter(peer -> !peer.equals(other.get().id()))
                            .isEmpty()) {
                connected.complete(SimConnection.between(this, other.get(), place));
            } else {
                connected.completeExceptionally(
                        new HostException(HostException.Reason.UNREACHABLE, "nobody, or somebody else, listens there"));
            }
        });
    }

    @Override
    public CompletionStage<Duration> ping(Connection connection) {
        return CompletableFuture.completedFuture(Duration.ofMillis(1));
    }

    @Override
    public void handle(ProtocolId protocol, ProtocolHandler handler) {
        handlers.put(protocol, handler);
    }

    Optional<ProtocolHandler> handler(ProtocolId protocol, Connection connection) {
        return Optional.ofNullable(handlers.get(protocol)).filter(handler -> handler.isOfferedOn(connection));
    }

    @Override
    public void addListener(ConnectionListener listener) {
        listeners.add(listener);
    }

    @Override
    public List<Connection> connections() {
        return List.copyOf(connections);
    }

    /** Whoever runs this host looks at all that arrives, as anybody can who runs one. */
    void lookAt(BiConsumer<Connection, Bytes> look) {
        curious = look;
    }

    void arrived(SimConnection connection, Bytes bytes) {
        curious.accept(connection, bytes);
    }

    void opened(SimConnection connection) {
        connections.add(connection);
        listeners.forEach(listener -> listener.onOpened(connection));
    }

    void closed(SimConnection connection) {
        connections.remove(connection);
        listeners.forEach(listener -> listener.onClosed(connection));
    }

    @Override
    public String cipherName() {
        return "none";
    }

    /** As a process that dies: it hears of nothing any more, the others hear of closed connections. */
    @Override
    public void close() {
        network.silence(address);
        List.copyOf(connections).forEach(SimConnection::cut);
        loop.close();
    }
}

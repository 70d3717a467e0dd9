package sotto.node.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

    @Override
    public CompletionStage<Connection> connect(Multiaddr to) {
        CompletableFuture<Connection> connected = new CompletableFuture<>();
        network.dialled(to);
        Optional<SimHost> other = network.at(to);
        if (other.isEmpty()) {
            loop.schedule(
                    REFUSAL,
                    () -> connected.completeExceptionally(
                            new HostException(HostException.Reason.UNREACHABLE, "nobody listens there")));
            return connected;
        }
        loop.schedule(network.delay(), () -> {
            if (network.at(to).filter(other.get()::equals).isEmpty()) {
                connected.completeExceptionally(new HostException(HostException.Reason.UNREACHABLE, "gone meanwhile"));
                return;
            }
            connected.complete(SimConnection.between(this, other.get(), to));
        });
        return connected;
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

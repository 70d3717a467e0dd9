package sotto.libp2p.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.VirtualLoop;

/** A host on a {@link MemoryNetwork}: all that a protocol sees of one, identify included, without bytes on a wire. */
public final class MemoryHost implements Host {
    private static final Duration REFUSAL = Duration.ofMillis(100);
    private static final Bytes ED25519_PEER = Bytes.ofHex("002408011220");

    final MemoryNetwork network;
    private final VirtualLoop loop;
    private final Multiaddr address;
    private final Multiaddr seenAs;
    private final PeerId id;
    private final Map<ProtocolId, ProtocolHandler> handlers = new HashMap<>();
    private final List<ConnectionListener> listeners = new ArrayList<>();
    private final List<MemoryConnection> connections = new ArrayList<>();

    MemoryHost(MemoryNetwork network, VirtualLoop loop, Multiaddr address, Multiaddr seenAs) {
        this.network = network;
        this.loop = loop;
        this.address = address;
        this.seenAs = seenAs;
        this.id = new PeerId(Bytes.concat(ED25519_PEER, network.fresh(32)));
    }

    public VirtualLoop loop() {
        return loop;
    }

    /** Where it listens once started, with its id. */
    public Multiaddr address() {
        return address.withPeer(id);
    }

    @Override
    public PeerId id() {
        return id;
    }

    @Override
    public CompletionStage<List<Multiaddr>> start() {
        if (seenAs.equals(address)) {
            network.listen(address, this);
        }
        return CompletableFuture.completedFuture(List.of(address));
    }

    @Override
    public List<Multiaddr> listenAddresses() {
        return List.of(address);
    }

    @Override
    public CompletionStage<Connection> connect(Multiaddr to) {
        Optional<MemoryConnection> open = connections.stream()
                .filter(each -> each.isOpen() && to.peerId().equals(Optional.of(each.remotePeer())))
                .findFirst();
        if (open.isPresent()) {
            return CompletableFuture.completedFuture(open.get());
        }
        CompletableFuture<Connection> connected = new CompletableFuture<>();
        loop.schedule(network.delay().plus(REFUSAL), () -> {
            Optional<MemoryHost> other = network.at(to.withoutPeer())
                    .filter(host ->
                            to.peerId().filter(peer -> !peer.equals(host.id)).isEmpty());
            if (other.isPresent()) {
                connected.complete(MemoryConnection.between(this, other.get()));
            } else {
                connected.completeExceptionally(
                        new HostException(HostException.Reason.UNREACHABLE, "nobody listens there"));
            }
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

    @Override
    public void addListener(ConnectionListener listener) {
        listeners.add(listener);
    }

    @Override
    public List<Connection> connections() {
        return List.copyOf(connections);
    }

    @Override
    public String cipherName() {
        return "none";
    }

    /** As a process that dies: it hears of nothing any more, the others hear of closed connections. */
    @Override
    public void close() {
        network.silence(address);
        List.copyOf(connections).forEach(MemoryConnection::close);
        loop.close();
    }

    Optional<ProtocolHandler> handler(ProtocolId protocol, Connection connection) {
        return Optional.ofNullable(handlers.get(protocol)).filter(handler -> handler.isOfferedOn(connection));
    }

    void opened(MemoryConnection connection) {
        connections.add(connection);
        listeners.forEach(listener -> listener.onOpened(connection));
    }

    void closed(MemoryConnection connection) {
        connections.remove(connection);
        listeners.forEach(listener -> listener.onClosed(connection));
    }

    void described(MemoryConnection connection, PeerDescription description) {
        listeners.forEach(listener -> listener.onDescribed(connection, description));
    }

    /** What identify tells the other end of {@code connection}. */
    PeerDescription description(Connection connection) {
        List<ProtocolId> offered = handlers.entrySet().stream()
                .filter(entry -> entry.getValue().isOfferedOn(connection))
                .map(Map.Entry::getKey)
                .toList();
        return new PeerDescription("memory", listenAddresses(), Optional.of(connection.remoteAddress()), offered);
    }

    /** Where others see it come from. */
    Multiaddr from() {
        return seenAs;
    }
}

package sotto.libp2p.swarm;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.Ed25519KeyPair;
import sotto.libp2p.host.AddressPolicy;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ConnectionListener;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.HostMeter;
import sotto.libp2p.host.Limits;
import sotto.libp2p.host.PeerDescription;
import sotto.libp2p.host.ProtocolHandler;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.noise.NoiseIdentity;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.EventLoop;
import sotto.libp2p.transport.Listening;
import sotto.libp2p.transport.Loops;
import sotto.libp2p.transport.TcpTransport;

/**
 * All connections of a host. Life cycle: protocols and listeners are added, then it {@link #listen}s and dials, until it is
 * closed. Thread-safe; its collections are concurrent ones, each written by the loops of the connections they hold.
 */
public final class Swarm implements AutoCloseable {
    private final Config config;
    private final NoiseIdentity identity;
    private final TcpTransport transport;
    private final Admission admission;
    private final Budget inboundStreams;
    private final Metering metering;
    private final Dialer dialer;
    private final Protocols protocols = new Protocols();
    private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();
    private final List<Listening> listening = new CopyOnWriteArrayList<>();
    private final Set<SwarmConnection> connections = ConcurrentHashMap.newKeySet();

    // Written by whoever closes the swarm, read by whoever dials: the loops take no more tasks soon after.
    private volatile boolean isClosed;

    // Set once, before connections are made; read by their loops.
    private volatile Consumer<Connection> announcer = connection -> {};

    /** Borrows the key and the loops of {@code config}. */
    public Swarm(Config config) {
        this.config = config;
        this.identity = new NoiseIdentity(config.crypto(), config.random(), config.hostKey(), List.of(Upgrade.YAMUX));
        this.transport = new TcpTransport(config.loops(), config.policy());
        this.inboundStreams = new Budget(config.limits().streams().inboundPool().sharedMax());
        EventLoop loop = config.loops().any();
        this.admission = new Admission(config.limits().connections(), config.random(), config.meter(), loop::uptime);
        this.metering = new Metering(config.meter());
        this.dialer = new Dialer(this, transport, config.loops().any());
    }

    /** What a swarm is made of. */
    public record Config(
            Crypto crypto,
            RandomGenerator random,
            Ed25519KeyPair hostKey,
            AddressPolicy policy,
            Limits limits,
            Loops loops,
            HostMeter meter) {}

    /** Listens on all of {@code addresses}; completes with what was bound, or fails if any cannot be. */
    public CompletionStage<List<Multiaddr>> listen(List<Multiaddr> addresses) {
        CompletionStage<List<Multiaddr>> all = CompletableFuture.completedFuture(List.of());
        for (Multiaddr address : addresses) {
            // Each is noted as it comes, whatever becomes of the others: all are to be closed with the swarm.
            CompletionStage<Listening> socket =
                    transport.listen(address, this::accept).thenApply(this::noted);
            all = all.thenCombine(socket, (before, bound) -> {
                List<Multiaddr> both = new ArrayList<>(before);
                both.add(bound.bound());
                return both;
            });
        }
        return all;
    }

    private Listening noted(Listening bound) {
        listening.add(bound);
        if (isClosed) {
            bound.close();
        }
        return bound;
    }

    /** As {@code Host.listenAddresses}. */
    public List<Multiaddr> listenAddresses() {
        return listening.stream().flatMap(socket -> socket.addresses().stream()).toList();
    }

    /** As {@code Host.connect}. */
    public CompletionStage<Connection> connect(Multiaddr address) {
        if (isClosed) {
            return CompletableFuture.failedFuture(new HostException(HostException.Reason.CLOSED, "the host is closed"));
        }
        return dialer.connect(address);
    }

    /** As {@code Host.handle}. */
    public void handle(ProtocolId protocol, ProtocolHandler handler) {
        handle(protocol, config.limits().streams().inboundMax(), handler);
    }

    /** As {@code Host.handle}, for at most {@code streamsMax} streams of each connection at once; one beyond is reset. */
    public void handle(ProtocolId protocol, int streamsMax, ProtocolHandler handler) {
        protocols.put(new Protocols.Entry(protocol, handler, streamsMax));
    }

    /** What {@code connection} may negotiate just now. */
    public List<ProtocolId> protocolsOfferedOn(Connection connection) {
        return protocols.offeredOn(connection);
    }

    public void addListener(ConnectionListener listener) {
        listeners.add(listener);
    }

    /** Who tells the other end when the protocols offered on a connection have changed. */
    public void announceBy(Consumer<Connection> announcer) {
        this.announcer = announcer;
    }

    /** Tells the listeners how the other end of {@code connection} described itself; to be called on its loop. */
    public void onDescribed(Connection connection, PeerDescription description) {
        listeners.forEach(listener -> listener.onDescribed(connection, description));
    }

    public List<Connection> connections() {
        return List.copyOf(connections);
    }

    /** Closes all connections with go-away and stops listening; returns when the ports are free, unless called on a loop. */
    @Override
    public void close() {
        isClosed = true;
        dialer.close();
        listening.forEach(Listening::close);
        connections.forEach(SwarmConnection::close);
        transport.close();
    }

    /** Wipes the keys; to be called when the loops have ended. */
    public void wipe() {
        identity.close();
    }

    // --- For this room

    Limits limits() {
        return config.limits();
    }

    Crypto crypto() {
        return config.crypto();
    }

    RandomGenerator random() {
        return config.random();
    }

    NoiseIdentity identity() {
        return identity;
    }

    Admission admission() {
        return admission;
    }

    /** What connections share beyond the places for streams that each has for itself. */
    Budget inboundStreams() {
        return inboundStreams;
    }

    HostMeter meter() {
        return config.meter();
    }

    /** Counts the bytes of every channel it is added to. */
    Metering metering() {
        return metering;
    }

    Protocols protocols() {
        return protocols;
    }

    EventLoop loopOf(Channel channel) {
        return config.loops().of(channel);
    }

    /** An open connection to {@code peer}, if there is one. */
    Optional<Connection> openTo(PeerId peer) {
        return connections.stream()
                .filter(connection ->
                        connection.isOpen() && connection.remotePeer().equals(peer))
                .findFirst()
                .map(connection -> connection);
    }

    void announce(Connection connection) {
        announcer.accept(connection);
    }

    void onOpened(SwarmConnection connection) {
        connections.add(connection);
        listeners.forEach(listener -> listener.onOpened(connection));
    }

    void onClosed(SwarmConnection connection) {
        connections.remove(connection);
        connection.onClosed();
        listeners.forEach(listener -> listener.onClosed(connection));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Whether the close succeeds changes nothing.
    private void accept(Channel channel) {
        Optional<Admission.Place> place = admission.accepted(TcpTransport.remoteIp(channel), channel::close);
        if (place.isEmpty()) {
            channel.close();
            return;
        }
        Upgrade.prepareAccepted(this, channel);
        CompletableFuture<Connection> upgraded = Upgrade.of(channel);
        place.get().heldBy(channel, upgraded);
        upgraded.exceptionally(failure -> {
            if (!place.get().hasMadeRoom()) {
                config.meter().onRefused(HostMeter.Refusal.HANDSHAKE_FAILED);
            }
            return null;
        });
    }
}

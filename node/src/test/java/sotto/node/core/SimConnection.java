package sotto.node.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.ProtocolHandler;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;

/** One end of a simulated connection. */
final class SimConnection implements Connection {
    private final SimHost host;
    private final PeerId remote;
    private final Multiaddr remoteAddress;
    private final boolean isInitiator;
    private final Bytes handshakeHash;
    private final Duration delay;
    private final List<SimStream> streams = new ArrayList<>();
    private Optional<SimConnection> other = Optional.empty();
    private boolean isOpen = true;
    private boolean isKept;

    private SimConnection(SimHost host, SimHost to, Multiaddr remoteAddress, boolean isInitiator, Bytes handshakeHash) {
        this.host = host;
        this.remote = to.id();
        this.remoteAddress = remoteAddress;
        this.isInitiator = isInitiator;
        this.handshakeHash = handshakeHash;
        this.delay = host.network.delay();
    }

    /** Both ends of a new connection; the dialling one is returned. */
    static SimConnection between(SimHost from, SimHost to, Multiaddr address) {
        Bytes hash = from.network.fresh(32);
        SimConnection near = new SimConnection(from, to, address, true, hash);
        SimConnection far = new SimConnection(to, from, from.network.freeAddress(), false, hash);
        near.other = Optional.of(far);
        far.other = Optional.of(near);
        from.network.opened(near);
        from.opened(near);
        to.loop.execute(() -> to.opened(far));
        return near;
    }

    SimHost host() {
        return host;
    }

    /** Runs {@code task} at the other end, one delay later, unless the connection is cut by then. */
    void atOtherEnd(Runnable task) {
        other.ifPresent(far -> host.network.later(far.host.loop, delay, () -> {
            if (far.isOpen) {
                task.run();
            }
        }));
    }

    Optional<SimConnection> other() {
        return other;
    }

    void add(SimStream stream) {
        streams.add(stream);
    }

    /** Ends both ends, each at its own time; what is on its way is lost. */
    void cut() {
        host.loop.schedule(host.network.delay(), this::closeHere);
        other.ifPresent(far -> far.host.loop.schedule(host.network.delay(), far::closeHere));
    }

    private void closeHere() {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        host.network.closed(this);
        List.copyOf(streams).forEach(SimStream::resetHere);
        host.closed(this);
    }

    @Override
    public PeerId remotePeer() {
        return remote;
    }

    @Override
    public Multiaddr remoteAddress() {
        return remoteAddress;
    }

    @Override
    public boolean isInitiator() {
        return isInitiator;
    }

    @Override
    public Bytes handshakeHash() {
        return handshakeHash;
    }

    @Override
    public CompletionStage<Stream> open(List<ProtocolId> protocols) {
        CompletableFuture<Stream> opened = new CompletableFuture<>();
        ProtocolId protocol = protocols.get(0);
        SimStream near = new SimStream(this, protocol);
        add(near);
        near.onReset(() -> opened.completeExceptionally(new HostException(HostException.Reason.CLOSED, "reset")));
        atOtherEnd(() -> {
            SimConnection far = other.orElseThrow();
            Optional<ProtocolHandler> handler = far.host.handler(protocol, far);
            if (handler.isEmpty()) {
                far.atOtherEnd(() -> opened.completeExceptionally(
                        new HostException(HostException.Reason.PROTOCOL_NOT_SUPPORTED, "not spoken there")));
                return;
            }
            SimStream remoteEnd = new SimStream(far, protocol);
            far.add(remoteEnd);
            near.join(remoteEnd);
            far.atOtherEnd(() -> opened.complete(near));
            handler.get().onStream(remoteEnd);
        });
        return opened;
    }

    @Override
    public void announceProtocols() {
        // Nobody reads identify here.
    }

    @Override
    public void keep() {
        isKept = true;
    }

    @Override
    public void letGo() {
        isKept = false;
    }

    /** True if whoever lives here asked for it. */
    boolean isKept() {
        return isKept;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public void close() {
        cut();
    }
}

package sotto.libp2p.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;

/** One end of a connection in memory. */
final class MemoryConnection implements Connection {
    private final MemoryHost host;
    private final MemoryHost to;
    private final boolean isInitiator;
    private final Bytes handshakeHash;
    private final Duration delay;
    private final List<MemoryStream> streams = new ArrayList<>();
    private Optional<MemoryConnection> other = Optional.empty();
    private boolean isOpen = true;

    private MemoryConnection(MemoryHost host, MemoryHost to, boolean isInitiator, Bytes handshakeHash) {
        this.host = host;
        this.to = to;
        this.isInitiator = isInitiator;
        this.handshakeHash = handshakeHash;
        this.delay = host.network.delay();
    }

    /** Both ends of a new connection, of which the dialling one is returned; each describes itself to the other. */
    static MemoryConnection between(MemoryHost from, MemoryHost to) {
        Bytes hash = from.network.fresh(32);
        MemoryConnection near = new MemoryConnection(from, to, true, hash);
        MemoryConnection far = new MemoryConnection(to, from, false, hash);
        near.other = Optional.of(far);
        far.other = Optional.of(near);
        from.opened(near);
        to.loop().execute(() -> to.opened(far));
        near.atOtherEnd(() -> to.described(far, from.description(near)));
        far.atOtherEnd(() -> from.described(near, to.description(far)));
        return near;
    }

    MemoryHost host() {
        return host;
    }

    /** Runs {@code task} at the other end, one delay later, unless the connection is closed by then. */
    void atOtherEnd(Runnable task) {
        other.ifPresent(far -> far.host.loop().schedule(delay, () -> {
            if (far.isOpen) {
                task.run();
            }
        }));
    }

    private void closeHere() {
        if (isOpen) {
            isOpen = false;
            List.copyOf(streams).forEach(MemoryStream::resetHere);
            host.closed(this);
        }
    }

    /** There is room for all in memory. */
    @Override
    public void keep() {}

    @Override
    public void letGo() {}

    @Override
    public PeerId remotePeer() {
        return to.id();
    }

    @Override
    public Multiaddr remoteAddress() {
        return to.from();
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
        MemoryStream near = new MemoryStream(this, protocol);
        streams.add(near);
        near.onReset(() -> opened.completeExceptionally(new HostException(HostException.Reason.CLOSED, "reset")));
        atOtherEnd(() -> {
            MemoryConnection far = other.orElseThrow();
            Optional<ProtocolHandler> handler = far.host.handler(protocol, far);
            if (handler.isEmpty()) {
                far.atOtherEnd(() -> opened.completeExceptionally(
                        new HostException(HostException.Reason.PROTOCOL_NOT_SUPPORTED, "not spoken there")));
                return;
            }
            MemoryStream remoteEnd = new MemoryStream(far, protocol);
            far.streams.add(remoteEnd);
            near.join(remoteEnd);
            far.atOtherEnd(() -> opened.complete(near));
            handler.get().onStream(remoteEnd);
        });
        return opened;
    }

    @Override
    public void announceProtocols() {
        atOtherEnd(() -> other.ifPresent(far -> far.host.described(far, host.description(this))));
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public void close() {
        atOtherEnd(() -> other.ifPresent(MemoryConnection::closeHere));
        closeHere();
    }
}

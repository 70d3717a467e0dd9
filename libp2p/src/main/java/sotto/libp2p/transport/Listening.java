package sotto.libp2p.transport;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.List;
import sotto.libp2p.peer.Multiaddr;

/** A socket that listens. Thread-safe. */
public final class Listening implements AutoCloseable {
    private final Channel socket;
    private final InetSocketAddress bound;

    Listening(Channel socket) {
        this.socket = socket;
        this.bound = (InetSocketAddress) socket.localAddress();
    }

    /** What it is bound to; a wildcard stays one. */
    public Multiaddr bound() {
        return Multiaddr.of(bound);
    }

    /** Where it can be reached, a wildcard resolved to the addresses that the machine has just now. */
    public List<Multiaddr> addresses() {
        return Interfaces.reachable(bound);
    }

    /** Returns when the port is free, unless called on a loop. */
    @Override
    public void close() {
        var closed = socket.close();
        if (!socket.eventLoop().inEventLoop()) {
            closed.awaitUninterruptibly();
        }
    }
}

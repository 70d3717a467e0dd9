package sotto.libp2p.transport;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import sotto.libp2p.peer.Multiaddr;

/** A socket that listens. Thread-safe. */
public final class Listening implements AutoCloseable {
    private final Channel socket;
    private final InetSocketAddress bound;

    /** @param wanted what it was to be bound to: a socket of NIO's calls every wildcard that of IPv6 */
    Listening(Channel socket, InetSocketAddress wanted) {
        this.socket = socket;
        this.bound = new InetSocketAddress(wanted.getAddress(), ((InetSocketAddress) socket.localAddress()).getPort());
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
            awaitSelection();
        }
    }

    /** With NIO a port is free only when the selector has looked again, which a loop does before it looks at its timers. */
    private void awaitSelection() {
        try {
            socket.eventLoop().schedule(() -> {}, 10, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        } catch (RejectedExecutionException isOver) {
            // The loop has ended, and the selector with it.
        }
    }
}

package sotto.libp2p.kad;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.HostException.Reason;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoop;

/**
 * Connects to a peer at one of its addresses: the next one is tried when the last has failed, or has said nothing for a moment;
 * the first to answer is taken. Confined to the routing's loop.
 */
final class Dial {
    private static final Duration NEXT_AFTER = Duration.ofMillis(250);

    /** Addresses of one peer that are dialled: the others are only passed on. */
    private static final int ADDRESSES_MAX = 4;

    private final Host host;
    private final EventLoop loop;
    private final Peer peer;
    private final List<Multiaddr> addresses;
    private final CompletableFuture<Connection> connected = new CompletableFuture<>();
    private int tried;
    private int failed;

    private Dial(Host host, EventLoop loop, Peer peer) {
        this.host = host;
        this.loop = loop;
        this.peer = peer;
        this.addresses = peer.addresses().stream().limit(ADDRESSES_MAX).toList();
    }

    /** Fails with {@link HostException} once all addresses have failed. */
    static CompletionStage<Connection> begin(Host host, EventLoop loop, Peer peer) {
        Dial dial = new Dial(host, loop, peer);
        if (dial.addresses.isEmpty()) {
            dial.connected.completeExceptionally(new HostException(Reason.UNREACHABLE, "no address to dial"));
        } else {
            dial.tryNext();
        }
        return dial.connected;
    }

    private void tryNext() {
        if (connected.isDone() || tried == addresses.size()) {
            return;
        }
        int attempt = tried++;
        host.connect(addresses.get(attempt).withPeer(peer.id()))
                .whenComplete((connection, failure) -> loop.execute(() -> onOutcome(attempt, connection, failure)));
        if (tried < addresses.size()) {
            loop.schedule(NEXT_AFTER, () -> tryAfter(attempt));
        }
    }

    private void onOutcome(int attempt, Connection connection, Throwable failure) {
        if (failure == null) {
            connected.complete(connection);
        } else if (++failed == addresses.size()) {
            connected.completeExceptionally(failure);
        } else {
            tryAfter(attempt);
        }
    }

    private void tryAfter(int attempt) {
        if (tried == attempt + 1) {
            tryNext();
        }
    }
}

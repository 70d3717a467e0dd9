package sotto.libp2p.kad;

import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ConnectionListener;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.PeerDescription;
import sotto.libp2p.kad.Kademlia.Mode;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.Reach;
import sotto.libp2p.runtime.EventLoop;

/**
 * Whether this host serves others: told so, or found to be reachable. Tells those who are connected when that changes. Listens
 * to the host; the rest is confined to the routing's loop.
 */
final class ServerMode implements ConnectionListener {
    private final Host host;
    private final EventLoop loop;
    private final Mode mode;
    private final boolean isOneSite;
    private final Reachability reachability = new Reachability();

    // Written on the routing's loop; read by the loops of connections, which offer the protocol or do not.
    private volatile boolean isServing;
    private boolean isStopped;

    ServerMode(Requests.Environment environment, Mode mode) {
        this.host = environment.host();
        this.loop = environment.loop();
        this.mode = mode;
        this.isOneSite = environment.limits().table().diversity().isPrivateExempt();
        this.isServing = mode == Mode.SERVER;
    }

    boolean isServing() {
        return isServing;
    }

    /** It serves nobody any more, whatever it finds; what it would take could not be kept. On the routing's loop. */
    void stop() {
        isStopped = true;
        isServing = false;
    }

    @Override
    public void onDescribed(Connection connection, PeerDescription description) {
        if (mode == Mode.AUTO && !isServing) {
            loop.execute(() -> judge(connection, description));
        }
    }

    private void judge(Connection connection, PeerDescription description) {
        if (!isOutside(connection.remoteAddress())) {
            return;
        }
        if (!connection.isInitiator()) {
            reachability.onDialled();
        } else if (description.observedAddress().filter(this::isListening).isPresent()) {
            reachability.onSeenWhereItListens(Network.of(connection.remoteAddress()));
        }
        if (reachability.isReachable() && !isServing && !isStopped) {
            isServing = true;
            host.connections().forEach(Connection::announceProtocols);
        }
    }

    /** Whether somebody at {@code address} is as far away as the peers of this network are. */
    private boolean isOutside(Multiaddr address) {
        return address.reach() == Reach.PUBLIC || (isOneSite && address.isPrivate());
    }

    /** Ports differ, since a connection that goes out has one of its own. */
    private boolean isListening(Multiaddr observed) {
        return isOutside(observed)
                && host.listenAddresses().stream().anyMatch(each -> each.ip().equals(observed.ip()));
    }
}

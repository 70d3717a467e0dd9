package sotto.libp2p;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ConnectionListener;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.ProtocolHandler;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.ping.Ping;
import sotto.libp2p.swarm.Swarm;
import sotto.libp2p.transport.Loops;

/** The host that {@link HostBuilder} builds: every call goes to the part it concerns. Thread-safe. */
final class ComposedHost implements Host {
    private final Parts parts;

    ComposedHost(Parts parts) {
        this.parts = parts;
    }

    /** What it is made of; it closes the loops and the swarm. */
    record Parts(PeerId id, String cipherName, List<Multiaddr> listen, Loops loops, Swarm swarm, Ping ping) {}

    @Override
    public PeerId id() {
        return parts.id;
    }

    @Override
    public CompletionStage<List<Multiaddr>> start() {
        return parts.swarm.listen(parts.listen);
    }

    @Override
    public List<Multiaddr> listenAddresses() {
        return parts.swarm.listenAddresses();
    }

    @Override
    public CompletionStage<Connection> connect(Multiaddr address) {
        return parts.swarm.connect(address);
    }

    @Override
    public CompletionStage<Duration> ping(Connection connection) {
        return parts.ping.ping(connection);
    }

    @Override
    public void handle(ProtocolId protocol, ProtocolHandler handler) {
        parts.swarm.handle(protocol, handler);
    }

    @Override
    public void addListener(ConnectionListener listener) {
        parts.swarm.addListener(listener);
    }

    @Override
    public List<Connection> connections() {
        return parts.swarm.connections();
    }

    @Override
    public String cipherName() {
        return parts.cipherName;
    }

    @Override
    public void close() {
        parts.swarm.close();
        parts.loops.close();
        parts.swarm.wipe();
    }
}

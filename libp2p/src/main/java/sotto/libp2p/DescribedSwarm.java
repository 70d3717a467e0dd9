package sotto.libp2p;

import java.util.List;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.PeerDescription;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.identify.Identify;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.swarm.Swarm;

/** What identify has to know of a swarm, without knowing swarms. Thread-safe. */
record DescribedSwarm(Swarm swarm) implements Identify.Self {
    @Override
    public List<Multiaddr> listenAddresses() {
        return swarm.listenAddresses();
    }

    @Override
    public List<ProtocolId> protocolsOfferedOn(Connection connection) {
        return swarm.protocolsOfferedOn(connection);
    }

    @Override
    public void onDescribed(Connection connection, PeerDescription description) {
        swarm.onDescribed(connection, description);
    }
}

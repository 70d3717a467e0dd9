package sotto.node.core;

import sotto.libp2p.host.Host;
import sotto.libp2p.host.Routing;

/** A node's place on the network: its host, and the DHT on it. */
record Endpoint(Host host, Routing routing) {
    void close() {
        routing.stop();
        host.close();
    }
}

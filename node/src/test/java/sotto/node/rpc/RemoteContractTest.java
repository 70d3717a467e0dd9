package sotto.node.rpc;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.Messenger;
import sotto.node.api.MessengerContract;
import sotto.node.core.Node;
import sotto.node.core.NodeConfig;

/** Proves that a messenger behind the socket keeps what the node promises. */
class RemoteContractTest extends MessengerContract {
    private final Map<Messenger, Served> nodes = new HashMap<>();

    private record Served(Messenger node, MessengerServer server) {}

    @Override
    protected Messenger start(Path home) throws Exception {
        MessengerServer server = MessengerServer.claim(home).orElseThrow();
        Messenger node = Node.start(
                new NodeConfig(home, List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")), List.of(), false, true));
        server.serve(node);
        Messenger remote = RemoteMessenger.connect(home).orElseThrow();
        nodes.put(remote, new Served(node, server));
        return remote;
    }

    @Override
    protected void stop(Messenger messenger) {
        Served served = Objects.requireNonNull(nodes.remove(messenger));
        served.server().close();
        served.node().close();
    }
}

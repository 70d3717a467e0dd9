package sotto.node.core;

import java.nio.file.Path;
import java.util.List;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.Messenger;
import sotto.node.api.MessengerContract;

/** Proves that a node in this process keeps what a messenger promises. */
class NodeContractTest extends MessengerContract {
    @Override
    protected Messenger start(Path home) throws Exception {
        return Node.start(
                new NodeConfig(home, List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")), List.of(), false, true));
    }

    @Override
    protected void stop(Messenger messenger) {
        messenger.close();
    }
}

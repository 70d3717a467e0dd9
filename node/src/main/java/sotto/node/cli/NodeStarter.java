package sotto.node.cli;

import sotto.node.api.Messenger;
import sotto.node.core.NodeConfig;

/** Starts a node in this process. */
@FunctionalInterface
public interface NodeStarter {
    /** A messenger that is absent or locked: {@code create} or {@code unlock} opens it. It ends with {@code close}. */
    Messenger start(NodeConfig config);
}

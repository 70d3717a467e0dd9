package sotto.node.core;

import java.nio.file.Path;
import java.util.List;
import sotto.libp2p.peer.Multiaddr;

/**
 * What a node is started with.
 *
 * @param listen where to listen; empty for all interfaces and a free port
 * @param bootstrap servers of the DHT to join it by, remembered in the vault; empty for those remembered
 * @param isLanOnly refuses everything but private, link-local and loopback addresses
 * @param isNetworked false for a command that only looks into the vault: then nothing is listened on or dialled
 */
public record NodeConfig(
        Path home, List<Multiaddr> listen, List<Multiaddr> bootstrap, boolean isLanOnly, boolean isNetworked) {
    public NodeConfig {
        listen = List.copyOf(listen);
        bootstrap = List.copyOf(bootstrap);
    }
}

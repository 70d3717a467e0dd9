package sotto.node.core;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.host.SeenPeers;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.Passphrase;
import sotto.node.vault.Vault;
import sotto.node.vault.VaultException;

/**
 * What a node stands in: its loop (with clock and randomness), its primitives, a thread for work that blocks, and hosts. Real
 * ones in a process, virtual ones in a simulation.
 *
 * @param blocking runs Argon2id and whatever else takes long, one after another
 */
record Surroundings(EventLoop loop, Crypto crypto, Executor blocking, Hosts hosts, Vaults vaults, NodeLimits limits) {
    /**
     * The one vault of this node; making and opening it block. {@code onFailure} hears on the loop, once, that a vault has closed
     * by itself.
     */
    interface Vaults {
        boolean exist();

        Vault create(Passphrase passphrase, Consumer<VaultException> onFailure) throws VaultException;

        Vault open(Passphrase passphrase, Consumer<VaultException> onFailure) throws VaultException;
    }

    /**
     * How to find into the DHT.
     *
     * @param named addresses of servers that people named
     * @param seen servers that answered before, and where to keep those that do now
     */
    record WaysIn(List<Multiaddr> named, SeenPeers seen) {}

    /** Makes hosts: each with a fresh key, so that no two starts can be linked. */
    interface Hosts {
        /** A host that listens as {@code config} says once it is started, and a DHT on it that is not joined yet. */
        Endpoint make(NodeConfig config, LanPolicy policy, WaysIn ways);
    }
}

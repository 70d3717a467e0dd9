package sotto.node.core;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.host.Host;
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

    /** Makes hosts: each with a fresh key, so that no two starts can be linked. */
    interface Hosts {
        /** A host that listens as {@code config} says once it is started. */
        Host make(NodeConfig config, LanPolicy policy);
    }
}

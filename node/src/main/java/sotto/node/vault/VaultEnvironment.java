package sotto.node.vault;

import java.util.function.Consumer;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.runtime.EventLoop;

/**
 * What a vault is given by whoever opens it.
 *
 * @param onFailure hears once, on the loop, why a vault has closed by itself
 */
record VaultEnvironment(
        EventLoop loop,
        Crypto crypto,
        VaultThreads threads,
        VaultSettings settings,
        Consumer<VaultException> onFailure) {
    /** For whoever finds out by the next call. */
    VaultEnvironment(EventLoop loop, Crypto crypto, VaultThreads threads, VaultSettings settings) {
        this(loop, crypto, threads, settings, reason -> {});
    }

    /** Tools for one thread, seeded from the loop's randomness. */
    KeyRing.Tools newTools() {
        return new KeyRing.Tools(crypto, new RandomStream(loop.random()));
    }
}

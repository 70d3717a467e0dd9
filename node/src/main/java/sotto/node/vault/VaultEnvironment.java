package sotto.node.vault;

import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.runtime.EventLoop;

/** What a vault is given by whoever opens it. */
record VaultEnvironment(EventLoop loop, Crypto crypto, VaultThreads threads, VaultSettings settings) {
    /** Tools for one thread, seeded from the loop's randomness. */
    KeyRing.Tools newTools() {
        return new KeyRing.Tools(crypto, new RandomStream(loop.random()));
    }
}

package sotto.node.vault;

import java.nio.file.Path;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.Passphrase;

/** Real vaults for tests: cheap locks, a short journal, and no threads of their own, so that a seed gives one history. */
public final class TestVaults {
    static final ArgonCost CHEAP = new ArgonCost(8, 1, 1);
    static final int JOURNAL_FRAMES = 128;
    static final VaultSettings SETTINGS = new VaultSettings(CHEAP, loop -> CHEAP, JOURNAL_FRAMES);
    static final Crypto CRYPTO = CryptoChoice.fastest();

    private TestVaults() {}

    /** A new vault in {@code home} that an empty passphrase opens. */
    public static Vault create(Path home, EventLoop loop) throws VaultException {
        return on(new HomeDisk(home), loop).create(passphrase(""));
    }

    /** The vault in {@code home}, made by {@link #create}. */
    public static Vault open(Path home, EventLoop loop) throws VaultException {
        return on(new HomeDisk(home), loop).open(passphrase(""));
    }

    static VaultStart on(VaultDisk disk, EventLoop loop) {
        return new VaultStart(disk, new VaultEnvironment(loop, CRYPTO, VaultThreads.none(), SETTINGS));
    }

    static Passphrase passphrase(String text) {
        return Passphrase.owning(text.toCharArray());
    }
}

package sotto.node.vault;

import java.nio.file.Path;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.Passphrase;

/** Where a vault is kept, and how it is made and opened. Argon2id takes about half a second: call from a thread that may block. */
public record VaultFiles(Path home, Crypto crypto) {
    public boolean exist() {
        return java.nio.file.Files.exists(home.resolve("vault.db"));
    }

    /** Makes an empty vault (files 0600, home 0700) and opens it for {@code loop}, on whose thread it is then used. */
    @SuppressWarnings("DoNotCallSuggester")
    public Vault create(Passphrase passphrase, EventLoop loop) throws VaultException {
        throw new VaultException(VaultException.Kind.IO, "not yet " + loop.isInLoop() + passphrase);
    }

    @SuppressWarnings("DoNotCallSuggester")
    public Vault open(Passphrase passphrase, EventLoop loop) throws VaultException {
        throw new VaultException(VaultException.Kind.IO, "not yet " + loop.isInLoop() + passphrase);
    }
}

package sotto.node.vault;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.Passphrase;

/** Where a vault is kept, and how it is made and opened. Argon2id takes about half a second: call from a thread that may block. */
public record VaultFiles(Path home, Crypto crypto) {
    /** Whether there is a vault, or what is left of one. */
    public boolean exist() {
        return !isThere(VaultFileName.UNFINISHED) && (isThere(VaultFileName.MAIN) || isThere(VaultFileName.KEYS));
    }

    /**
     * Makes an empty vault (files 0600, home 0700) and opens it for {@code loop}, on whose thread it is then used.
     *
     * @param onFailure as in {@link #open}
     * @throws VaultException of kind {@code EXISTS} if there is one already, {@code DAMAGED} if there is a part of one
     */
    public Vault create(Passphrase passphrase, EventLoop loop, Consumer<VaultException> onFailure)
            throws VaultException {
        return start(loop, onFailure).create(passphrase);
    }

    /**
     * Opens the vault for {@code loop}, on whose thread it is then used. After an exception the files are as they were.
     *
     * @param onFailure hears on the loop, once and after whatever failed has said so itself, why the vault has closed by itself:
     *     the disk refused, a page is damaged, a transaction broke off. Closing it is then still the opener's
     * @throws VaultException if there is none, or it does not open: see {@link VaultException.Kind}
     */
    public Vault open(Passphrase passphrase, EventLoop loop, Consumer<VaultException> onFailure) throws VaultException {
        return start(loop, onFailure).open(passphrase);
    }

    private VaultStart start(EventLoop loop, Consumer<VaultException> onFailure) {
        VaultEnvironment environment =
                new VaultEnvironment(loop, crypto, VaultThreads.started(), VaultSettings.STANDARD, onFailure);
        return new VaultStart(new HomeDisk(home), environment);
    }

    private boolean isThere(VaultFileName name) {
        return Files.exists(home.resolve(name.fileName()), LinkOption.NOFOLLOW_LINKS);
    }
}

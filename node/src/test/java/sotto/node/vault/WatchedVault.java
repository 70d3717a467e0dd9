package sotto.node.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.Passphrase;
import sotto.node.vault.VaultKillSubject.Notes;

/** A vault as {@link VaultFiles} has it, whose commits are noted at the disk: for campaigns that kill whole nodes. */
public record WatchedVault(Path home, Path notes, Crypto crypto, EventLoop loop) {
    public Vault create(Passphrase passphrase, Consumer<VaultException> onFailure) throws VaultException {
        return start(onFailure).create(passphrase);
    }

    public Vault open(Passphrase passphrase, Consumer<VaultException> onFailure) throws VaultException {
        return start(onFailure).open(passphrase);
    }

    /** Says whether there is something in the journal that was written and not synced, by what stands in {@code notes}. */
    public static BooleanSupplier committing(Path notes) {
        Notes mapped = at(notes);
        return () -> mapped.get(Notes.COMMITTING) > 0;
    }

    private VaultStart start(Consumer<VaultException> onFailure) {
        VaultEnvironment environment =
                new VaultEnvironment(loop, crypto, VaultThreads.started(), VaultSettings.STANDARD, onFailure);
        Notes fresh = at(notes);
        fresh.put(Notes.COMMITTING, 0);
        return new VaultStart(new WatchedDisk(new HomeDisk(home), fresh), environment);
    }

    private static Notes at(Path file) {
        try {
            return new Notes(file);
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }
}

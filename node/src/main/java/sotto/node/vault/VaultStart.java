package sotto.node.vault;

import java.io.IOException;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.Passphrase;

/** Makes and opens vaults on any disk: puts the parts together. Used by one thread, which may block. */
final class VaultStart {
    private final VaultDisk disk;
    private final VaultEnvironment environment;

    VaultStart(VaultDisk disk, VaultEnvironment environment) {
        this.disk = disk;
        this.environment = environment;
    }

    Vault create(Passphrase passphrase) throws VaultException {
        KeyRing.Tools tools = environment.newTools();
        try {
            VaultCreation creation =
                    new VaultCreation(disk, tools, environment.settings().journalFrames());
            creation.checkNotThere();
            Bytes fileId = Bytes.owning(tools.random().bytes(VaultFormat.FILE_ID_BYTES));
            SecretBytes unlockKey = SecretBytes.random(VaultFormat.KEY_BYTES, tools.random());
            ArgonCost cost = environment.settings().cost().apply(environment.loop());
            Locksmith.NewLock lock =
                    new Locksmith(tools.crypto(), tools.random(), fileId).make(passphrase, cost, unlockKey);
            creation.create(fileId, lock.slot(), unlockKey);
            Vault vault = start(new VaultOpening(disk, tools).open((id, slot) -> Optional.of(unlockKey)));
            vault.write(transaction -> transaction
                    .table(VaultLocks.TABLE)
                    .put(lock.slot().id(), lock.publicKeys().encoded()));
            return vault;
        } catch (IOException refused) {
            throw VaultExceptions.io(refused);
        }
    }

    Vault open(Passphrase passphrase) throws VaultException {
        ArgonCost least = environment.settings().leastCost();
        try (PassphraseUnlocking unlocking = new PassphraseUnlocking(passphrase, least, environment.newTools())) {
            return open(unlocking);
        }
    }

    Vault open(VaultOpening.Unlocking unlocking) throws VaultException {
        try {
            return start(new VaultOpening(disk, environment.newTools()).open(unlocking));
        } catch (IOException refused) {
            throw VaultExceptions.io(refused);
        }
    }

    private Vault start(VaultOpening.Open open) throws IOException, VaultException {
        try {
            VaultMemory memory = new VaultMemory(open.tree(), open.pages());
            CommitQueue queue = new CommitQueue(environment, open.committer(), memory);
            VaultLocks locks =
                    new VaultLocks(environment, queue, open.committer().parts().keys());
            SealedVault vault =
                    new SealedVault(memory, queue, locks, environment.threads().stop());
            locks.forgetStrangers(vault);
            return vault;
        } catch (UncheckedVaultException damaged) {
            open.committer().close();
            throw damaged.reason();
        }
    }
}

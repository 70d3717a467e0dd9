package sotto.node.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.Passphrase;

/**
 * The locks of an open vault: checks passphrases and replaces them. Derivations run on a thread of their own; the public halves
 * of the locks are rows of the vault. One change at a time. Confined to the vault's thread.
 */
final class VaultLocks {
    /** Where the public half of each lock is kept, by the lock's id. */
    static final String TABLE = "vault/locks";

    private final VaultEnvironment environment;
    private final CommitQueue queue;
    private final Bytes fileId;
    private List<LockSlot> slots;
    private CompletionStage<Void> lastChange = CompletableFuture.completedFuture(null);

    VaultLocks(VaultEnvironment environment, CommitQueue queue, KeyRing keys) {
        this.environment = environment;
        this.queue = queue;
        this.fileId = keys.fileId();
        this.slots = keys.slots();
    }

    /** Completes if a lock takes {@code passphrase}. */
    CompletionStage<Void> check(Passphrase passphrase) {
        Passphrase copy = Passphrase.owning(passphrase.copy());
        List<LockSlot> present = slots;
        return beside(tools -> {
                    try (copy) {
                        slotFor(copy, present, tools);
                        return Optional.empty();
                    }
                })
                .thenAccept(nothing -> {});
    }

    /** Replaces the lock that takes {@code current} by one that takes {@code next}; then the root. */
    CompletionStage<Void> change(Vault vault, Passphrase current, Passphrase next) {
        Passphrase currentCopy = Passphrase.owning(current.copy());
        Passphrase nextCopy = Passphrase.owning(next.copy());
        lastChange = lastChange
                .handle((done, failed) -> slots)
                .thenCompose(present -> beside(tools -> {
                            try (currentCopy;
                                    nextCopy) {
                                LockSlot old = slotFor(currentCopy, present, tools);
                                SecretBytes unlockKey = SecretBytes.random(VaultFormat.KEY_BYTES, tools.random());
                                ArgonCost cost = environment.settings().cost().apply(environment.loop());
                                var made = new Locksmith(tools.crypto(), tools.random(), fileId)
                                        .make(nextCopy, cost, unlockKey);
                                return new Replacement(old, made, unlockKey);
                            }
                        })
                        .thenCompose(replacement -> replace(vault, replacement)));
        return lastChange;
    }

    /** Drops the rows of locks that are not in the key file: a crash may have come between the two. */
    void forgetStrangers(Vault vault) {
        List<Bytes> known = slots.stream().map(LockSlot::id).toList();
        List<Bytes> strangers =
                vault.read(tables -> tables.table(TABLE).withPrefix(Bytes.EMPTY, Integer.MAX_VALUE)).stream()
                        .map(Table.Entry::key)
                        .filter(id -> !known.contains(id))
                        .toList();
        if (!strangers.isEmpty()) {
            vault.write(transaction -> strangers.forEach(transaction.table(TABLE)::remove));
        }
    }

    private CompletionStage<Void> replace(Vault vault, Replacement replacement) {
        LockSlot fresh = replacement.made().slot();
        LockSlot old = replacement.old();
        return vault.write(transaction -> transaction
                        .table(TABLE)
                        .put(fresh.id(), replacement.made().publicKeys().encoded()))
                .thenCompose(stored -> queue.changeLocks(rewrapped(vault, replacement), replacement.unlockKey()))
                .thenCompose(changed -> {
                    slots = slots.stream()
                            .map(slot -> slot.equals(old) ? fresh : slot)
                            .toList();
                    return vault.write(transaction -> transaction.table(TABLE).remove(old.id()));
                });
    }

    /** The new lock in the old one's place, and all others around the new unlock key. */
    private List<LockSlot> rewrapped(Vault vault, Replacement replacement) {
        KeyRing.Tools tools = environment.newTools();
        Locksmith smith = new Locksmith(tools.crypto(), tools.random(), fileId);
        List<LockSlot> wrapped = new ArrayList<>();
        for (LockSlot slot : slots) {
            if (slot.equals(replacement.old())) {
                wrapped.add(replacement.made().slot());
            } else {
                Bytes keys = vault.read(tables -> tables.table(TABLE).get(slot.id()))
                        .orElseThrow(() -> new IllegalStateException("every lock has its public half in the vault"));
                wrapped.add(smith.wrap(slot, LockPublicKeys.decoded(keys), replacement.unlockKey()));
            }
        }
        return wrapped;
    }

    private LockSlot slotFor(Passphrase passphrase, List<LockSlot> present, KeyRing.Tools tools) throws VaultException {
        ArgonCost least = environment.settings().leastCost();
        try (PassphraseUnlocking unlocking = new PassphraseUnlocking(passphrase, least, tools)) {
            for (LockSlot slot : present) {
                Optional<SecretBytes> unlockKey = unlocking.unlock(fileId, slot);
                unlockKey.ifPresent(SecretBytes::close);
                if (unlockKey.isPresent()) {
                    return slot;
                }
            }
        }
        throw new VaultException(VaultException.Kind.WRONG_PASSPHRASE, "wrong passphrase");
    }

    /** Runs {@code work} on the stretching thread and reports back here. */
    private <T> CompletionStage<T> beside(Stretching<T> work) {
        KeyRing.Tools tools = environment.newTools();
        CompletableFuture<T> here = new CompletableFuture<>();
        environment.threads().stretching().execute(() -> {
            try {
                T result = work.run(tools);
                environment.loop().execute(() -> here.complete(result));
            } catch (VaultException | RuntimeException failure) {
                environment.loop().execute(() -> here.completeExceptionally(failure));
            }
        });
        return here;
    }

    /** Work that takes Argon2id's time. */
    private interface Stretching<T> {
        T run(KeyRing.Tools tools) throws VaultException;
    }

    /** A lock to go, the lock to come, and the unlock key it is around. */
    private record Replacement(LockSlot old, Locksmith.NewLock made, SecretBytes unlockKey) {}
}

package sotto.node.vault;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import sotto.node.api.Passphrase;

/** The vault over its memory, its queue to the disk and its locks. Confined to the vault's thread. */
final class SealedVault implements Vault {
    private final VaultMemory memory;
    private final CommitQueue queue;
    private final VaultLocks locks;
    private final Runnable onClosed;
    private boolean isInTransaction;
    private boolean isClosing;
    private boolean isClosed;

    SealedVault(VaultMemory memory, CommitQueue queue, VaultLocks locks, Runnable onClosed) {
        this.memory = memory;
        this.queue = queue;
        this.locks = locks;
        this.onClosed = onClosed;
    }

    @Override
    public <T> T read(Function<Tables, T> query) {
        checkOpen();
        try {
            return query.apply(memory.tables());
        } catch (UncheckedVaultException damaged) {
            queue.fail(damaged.reason());
            throw damaged;
        }
    }

    @Override
    public CompletionStage<Void> write(Consumer<Transaction> transaction) {
        checkTakesWrites();
        if (isInTransaction) {
            throw new IllegalStateException("a transaction cannot begin inside another");
        }
        OpenTransaction open = memory.begin();
        isInTransaction = true;
        boolean isWhole = false;
        List<Runnable> afterCommit;
        try {
            transaction.accept(open);
            isWhole = true;
        } catch (UncheckedVaultException damaged) {
            queue.fail(damaged.reason());
            throw damaged;
        } finally {
            isInTransaction = false;
            afterCommit = open.end();
            if (!isWhole) {
                queue.fail(new VaultException(VaultException.Kind.IO, "a transaction broke off"));
            }
        }
        return queue.submit(afterCommit);
    }

    @Override
    public CompletionStage<Void> erase() {
        checkTakesWrites();
        return queue.rotateRoot();
    }

    @Override
    public CompletionStage<Void> changePassphrase(Passphrase current, Passphrase next) {
        checkTakesWrites();
        return locks.change(this, current, next);
    }

    @Override
    public CompletionStage<Void> checkPassphrase(Passphrase passphrase) {
        checkOpen();
        return locks.check(passphrase);
    }

    @Override
    public void close() {
        if (isClosing) {
            return;
        }
        isClosing = true;
        try {
            // What becomes durable now tells of it, and reads what it tells.
            queue.drain();
        } finally {
            isClosed = true;
            queue.end();
            onClosed.run();
        }
    }

    private void checkTakesWrites() {
        if (isClosing) {
            throw new IllegalStateException("the vault is closing and takes no more writes");
        }
        checkOpen();
    }

    private void checkOpen() {
        if (isClosed) {
            throw new IllegalStateException("the vault is closed");
        }
        queue.failure().ifPresent(reason -> {
            throw new UncheckedVaultException(reason);
        });
    }
}

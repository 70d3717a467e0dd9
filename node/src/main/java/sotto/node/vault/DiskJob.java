package sotto.node.vault;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Work on another thread whose outcome is taken once, on the vault's thread: when it is posted there, or by who waits for it. */
final class DiskJob<T> {
    private final CompletableFuture<T> outcome;
    private final Consumer<T> onDone;
    private final Consumer<VaultException> onFailure;
    private boolean isTaken;

    DiskJob(Work<T> work, Executor executor, Consumer<T> onDone, Consumer<VaultException> onFailure) {
        this.onDone = onDone;
        this.onFailure = onFailure;
        this.outcome = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.run();
                    } catch (IOException refused) {
                        throw new CompletionException(VaultExceptions.io(refused));
                    } catch (VaultException failure) {
                        throw new CompletionException(failure);
                    }
                },
                executor);
    }

    /** Work that waits for the disk. */
    interface Work<T> {
        T run() throws IOException, VaultException;
    }

    /** Runs {@code action} wherever the work ended, once it did. */
    void whenOver(Runnable action) {
        var unused = outcome.whenComplete((done, failure) -> action.run());
    }

    /** Waits for the outcome and hands it on, unless that was done. */
    void take() {
        if (isTaken) {
            return;
        }
        isTaken = true;
        T done;
        try {
            done = outcome.join();
        } catch (CompletionException failed) {
            onFailure.accept(failure(failed));
            return;
        }
        onDone.accept(done);
    }

    private static VaultException failure(CompletionException failed) {
        return failed.getCause() instanceof VaultException known
                ? known
                : new VaultException(VaultException.Kind.IO, "the vault's disk work failed", failed);
    }
}

package sotto.node.core;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.vault.Tables;
import sotto.node.vault.Transaction;
import sotto.node.vault.Vault;
import sotto.node.vault.VaultException;

/**
 * The one place where transactions begin. Work that may be refused is refused before its transaction: what throws inside one
 * is a bug, and closes the vault. Confined to the node loop.
 */
final class Store {
    private final Vault vault;

    Store(Vault vault) {
        this.vault = vault;
    }

    <T> T read(Function<Tables, T> query) {
        return vault.read(query);
    }

    /** Runs {@code work} in a transaction; completes with its value once that is durable, or fails with {@link ApiException}. */
    <T> CompletionStage<T> write(Function<Transaction, T> work) {
        CompletableFuture<T> durable = new CompletableFuture<>();
        Holder<T> value = new Holder<>();
        vault.write(transaction -> value.set(work.apply(transaction))).whenComplete((nothing, failure) -> {
            if (failure == null) {
                durable.complete(value.get());
            } else {
                durable.completeExceptionally(new ApiException(toApiError(failure)));
            }
        });
        return durable;
    }

    /** Makes all that was removed unrecoverable from the files. */
    CompletionStage<Void> erase() {
        return vault.erase();
    }

    /** The face of a vault's failure. */
    static ApiError toApiError(Throwable failure) {
        Throwable cause =
                failure.getCause() != null && !(failure instanceof VaultException) ? failure.getCause() : failure;
        if (!(cause instanceof VaultException vault)) {
            return new ApiError.Failed("the vault failed: " + cause.getClass().getSimpleName());
        }
        String message = String.valueOf(vault.getMessage());
        return switch (vault.kind()) {
            case ABSENT -> new ApiError.Absent();
            case EXISTS -> new ApiError.NotAllowed("there is an account in this home already");
            case WRONG_PASSPHRASE -> new ApiError.WrongPassphrase();
            case IN_USE -> new ApiError.VaultInUse();
            case DAMAGED, NEWER_VERSION -> new ApiError.VaultDamaged(message);
            case FULL, IO -> new ApiError.Failed(message);
        };
    }

    /** Carries a value out of a transaction. */
    private static final class Holder<T> {
        private @Nullable T value;

        void set(T next) {
            value = next;
        }

        T get() {
            return Objects.requireNonNull(value, "the transaction ran before it became durable");
        }
    }
}

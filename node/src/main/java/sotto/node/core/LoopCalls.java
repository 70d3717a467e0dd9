package sotto.node.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.vault.UncheckedVaultException;
import sotto.node.vault.VaultException;

/** The way of every command onto the node loop and of its outcome back: whatever fails, fails as an {@link ApiException}. */
record LoopCalls(Executor loop) {
    private static final System.Logger LOG = System.getLogger(LoopCalls.class.getName());

    /** Runs {@code command} on the loop. Thread-safe. */
    <T> CompletionStage<T> call(Supplier<CompletionStage<T>> command) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                command.get().whenComplete((value, failure) -> {
                    if (failure == null) {
                        outcome.complete(value);
                    } else {
                        outcome.completeExceptionally(toApiException(failure));
                    }
                });
            } catch (RuntimeException failure) {
                outcome.completeExceptionally(toApiException(failure));
            }
        });
        return outcome;
    }

    /** What a stage failed with, which the stages after it wrap. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static ApiException toApiException(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof ApiException api) {
            return api;
        }
        if (cause instanceof VaultException || cause instanceof UncheckedVaultException) {
            return new ApiException(Store.toApiError(cause));
        }
        LOG.log(System.Logger.Level.ERROR, "a command failed in a way that it should not", cause);
        return new ApiException(new ApiError.Failed("internal error"));
    }
}

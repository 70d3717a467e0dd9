package sotto.node.core;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.vault.UncheckedVaultException;
import sotto.node.vault.VaultException;

/**
 * The way of every command onto the node loop and of its outcome back: whatever fails, fails as an {@link ApiException}, and so
 * does what has no outcome when the node ends. Thread-safe.
 */
final class LoopCalls {
    private static final System.Logger LOG = System.getLogger(LoopCalls.class.getName());

    private final Executor loop;

    // Added to by callers, emptied by whoever completes or ends; a closed loop drops what it is given, and would leave
    // them waiting.
    private final Set<Call<?>> open = ConcurrentHashMap.newKeySet();

    // Written by whoever ends, read by callers after they have added theirs: one of the two sees the other.
    private volatile boolean hasEnded;

    LoopCalls(Executor loop) {
        this.loop = loop;
    }

    /** Runs {@code command} on the loop. */
    <T> CompletionStage<T> call(Supplier<CompletionStage<T>> command) {
        Call<T> call = new Call<>(command);
        open.add(call);
        if (hasEnded) {
            call.fail(stopped());
        } else {
            loop.execute(call::run);
        }
        return call.outcome;
    }

    /** Fails all that has no outcome yet, and whatever is called from now on. */
    void end() {
        hasEnded = true;
        open.forEach(call -> call.fail(stopped()));
    }

    private static ApiException stopped() {
        return new ApiException(new ApiError.Failed("the node has stopped"));
    }

    /** A command that has no outcome yet. */
    private final class Call<T> {
        private final Supplier<CompletionStage<T>> command;
        private final CompletableFuture<T> outcome = new CompletableFuture<>();

        Call(Supplier<CompletionStage<T>> command) {
            this.command = command;
        }

        void run() {
            try {
                command.get().whenComplete((value, failure) -> {
                    if (failure == null) {
                        open.remove(this);
                        outcome.complete(value);
                    } else {
                        fail(toApiException(failure));
                    }
                });
            } catch (RuntimeException failure) {
                fail(toApiException(failure));
            } catch (Error failure) {
                fail(toApiException(failure));
                throw failure;
            }
        }

        void fail(ApiException reason) {
            open.remove(this);
            outcome.completeExceptionally(reason);
        }
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

package sotto.node.cli;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;

/** Waits for a messenger's answers: the command line has nothing else to do meanwhile. */
public final class Waiting {
    /** Longer than any answer takes: a passphrase is stretched in a second, or in several on a slow machine. */
    public static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private Waiting() {}

    /** What the stage completes with, or its {@link ApiException}; {@link ApiError.TimedOut} after {@link #ANSWER_LIMIT}. */
    public static <T> T result(CompletionStage<T> stage) {
        return result(stage, ANSWER_LIMIT);
    }

    static <T> T result(CompletionStage<T> stage, Duration limit) {
        try {
            return stage.toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException hung) {
            throw new ApiException(
                    new ApiError.TimedOut("the node did not answer within " + limit.toSeconds() + " seconds"));
        } catch (ExecutionException failed) {
            throw reason(failed.getCause());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("nobody interrupts a command", interrupted);
        }
    }

    /** Waits until the stage is done. */
    public static void done(CompletionStage<?> stage) {
        result(stage);
    }

    /** Waits, for as long as it takes, for what ends a command that runs until it is told to end. */
    public static void untilEnd(CompletionStage<?> end) {
        try {
            end.toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw reason(failed.getCause());
        }
    }

    private static RuntimeException reason(@Nullable Throwable cause) {
        return cause instanceof ApiException refused
                ? refused
                : new IllegalStateException("a messenger fails with its own error only", cause);
    }
}

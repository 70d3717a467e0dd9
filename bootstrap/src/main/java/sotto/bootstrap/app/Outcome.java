package sotto.bootstrap.app;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;

/** Waits for what a host does, on the command's own thread, which has nothing else to do meanwhile. */
final class Outcome {
    private Outcome() {}

    /** What {@code stage} completes with; fails, too, if it has not within {@code patience}. */
    static <T> T of(CompletionStage<T> stage, Duration patience) {
        try {
            return stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failure(failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException late) {
            throw new ApiException(new ApiError.TimedOut("this took longer than " + patience.toSeconds() + " s"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(new ApiError.Failed("interrupted"));
        }
    }

    private static ApiException failure(Throwable cause) {
        if (cause instanceof ApiException refused) {
            return refused;
        }
        if (cause instanceof CompletionException && cause.getCause() != null) {
            return failure(cause.getCause());
        }
        return new ApiException(new ApiError.Failed(String.valueOf(cause.getMessage())));
    }
}

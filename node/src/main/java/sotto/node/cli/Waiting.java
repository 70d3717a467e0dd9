package sotto.node.cli;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import sotto.node.api.ApiException;

/** Waits for a messenger's answers: the command line has nothing else to do meanwhile. */
public final class Waiting {
    private Waiting() {}

    /** What the stage completes with, or its {@link ApiException}. */
    public static <T> T result(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ApiException refused) {
                throw refused;
            }
            throw new IllegalStateException("a messenger fails with its own error only", failed.getCause());
        }
    }

    /** Waits until the stage is done. */
    public static void done(CompletionStage<?> stage) {
        result(stage);
    }
}

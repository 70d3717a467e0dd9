package sotto.libp2p;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assertions;
import sotto.libp2p.host.HostException;

/** Waits for what a test expects to happen; its patience only bounds how long a failing test takes. */
final class Await {
    private static final long PATIENCE_SECONDS = 30;

    private Await() {}

    static <T> T result(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Why {@code stage} failed, which it must with a {@link HostException}. */
    static HostException.Reason failure(CompletionStage<?> stage) throws InterruptedException, TimeoutException {
        try {
            Object result = stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return Assertions.fail("expected a failure, got " + result);
        } catch (ExecutionException failed) {
            return Assertions.assertInstanceOf(HostException.class, failed.getCause())
                    .reason();
        }
    }

    /** True if {@code stage} fails for any of the reasons of a {@link HostException}, false if it does not fail. */
    static boolean isRefused(CompletionStage<?> stage) throws InterruptedException, TimeoutException {
        try {
            stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return false;
        } catch (ExecutionException failed) {
            Assertions.assertInstanceOf(HostException.class, failed.getCause());
            return true;
        }
    }
}

package sotto.libp2p.kad;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.host.HostException;

/** What lies behind the wrapping of {@code CompletionStage}. Stateless. */
final class Failures {
    private Failures() {}

    /** Whether {@code failure}, if there is one, is of this kind. */
    static boolean is(@Nullable Throwable failure, HostException.Reason reason) {
        return failure != null && cause(failure) instanceof HostException expected && expected.reason() == reason;
    }

    /** What {@code work} comes to; where it throws, a stage that fails with that, so that whoever waits for it hears of it. */
    static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException bug) {
            return CompletableFuture.failedFuture(bug);
        }
    }

    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}

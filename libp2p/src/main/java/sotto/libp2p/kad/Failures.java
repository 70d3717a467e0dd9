package sotto.libp2p.kad;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.host.HostException;

/** What lies behind the wrapping of {@code CompletionStage}. Stateless. */
final class Failures {
    private Failures() {}

    /** Whether {@code failure}, if there is one, is of this kind. */
    static boolean is(@Nullable Throwable failure, HostException.Reason reason) {
        return failure != null && cause(failure) instanceof HostException expected && expected.reason() == reason;
    }

    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}

package sotto.node.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import sotto.node.core.Node;

/**
 * Turns SIGTERM, SIGINT and SIGHUP into an orderly end: the command that listens gets a few seconds to close
 * what it holds, and the process ends with the command's own exit code. Any other command is cut off at once.
 */
final class Shutdown {
    /** Less than a node takes at most, so that the process is gone by then, whatever hangs in it. */
    private static final Duration GRACE = Node.CLOSE_TIMEOUT.minusMillis(500);

    private final CompletableFuture<Void> requested = new CompletableFuture<>();
    private final CompletableFuture<Integer> finished = new CompletableFuture<>();

    // Written by the command, read by the hook.
    private volatile boolean isAwaited;

    /** From now on the end of the process waits for {@link #finish}. */
    void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "sotto-shutdown"));
    }

    /** Completes when the process is asked to end; whoever asks for it ends in order then. */
    CompletableFuture<Void> listen() {
        isAwaited = true;
        return requested;
    }

    /** The command is over; to be called before {@code System.exit}, which does not return once a signal began the end. */
    void finish(int exitCode) {
        finished.complete(exitCode);
    }

    private void end() {
        if (finished.isDone() || !isAwaited) {
            return;
        }
        requested.complete(null);
        try {
            // Without halting the JVM would report the signal, though all that was to be done was done.
            Runtime.getRuntime().halt(finished.get(GRACE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException | ExecutionException | TimeoutException stuck) {
            Runtime.getRuntime().halt(ExitCode.FAILED.number());
        }
    }
}

package sotto.node.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import sotto.libp2p.runtime.EventLoop;

/**
 * What a run of the program finds around it; a test hands in another.
 *
 * @param variables environment variables
 * @param out UTF-8, results
 * @param err UTF-8, everything else
 * @param isInteractive whether a person can be asked: input and diagnostics are on a terminal
 * @param starter makes a node in this process
 * @param loops makes the loop that measures a command's time; only asked for where one must wait
 * @param vaultPatience how long a vault in use is waited for
 * @param stop for a command that runs until it is told to end: completes when the process is asked to
 */
record Environment(
        Map<String, String> variables,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean isInteractive,
        PassphrasePrompt prompt,
        NodeStarter starter,
        Supplier<EventLoop> loops,
        Duration vaultPatience,
        Supplier<CompletableFuture<Void>> stop) {}

package sotto.node.cli;

import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Event;
import sotto.node.api.FeedEvent;
import sotto.node.api.Messenger;
import sotto.node.api.Status;

@Command(
        name = "daemon",
        sortOptions = false,
        description =
                "Run the node without a UI, until it gets SIGTERM or Ctrl+C. When it is ready it prints each address"
                        + " that it listens on, then a line: ready.",
        footer = {
            "",
            "Examples:",
            "  sotto daemon --passphrase-file secret.txt",
            "  sotto daemon --listen /ip4/0.0.0.0/tcp/4001 --json",
        })
final class DaemonCommand implements Runnable {
    private final Program program;

    DaemonCommand(Program program) {
        this.program = program;
    }

    @SuppressWarnings("try") // The subscription is only to be closed.
    @Override
    public void run() {
        CompletableFuture<Void> end = program.untilStopped();
        try (Access access = program.nodes().serve()) {
            Status status = Waiting.result(access.messenger().status());
            try (Messenger.Subscription feed =
                    access.messenger().subscribe(status.lastSequence(), event -> endWithFeed(event, end))) {
                program.announceReady(status.listen());
                Waiting.untilEnd(end);
            }
        }
    }

    /** The feed of a node ends when the node does, and then there is nothing left to run for. */
    private static void endWithFeed(FeedEvent event, CompletableFuture<Void> end) {
        if (event.event() instanceof Event.FeedEnded ended) {
            end.completeExceptionally(new ApiException(new ApiError.Failed(ended.reason())));
        }
    }
}

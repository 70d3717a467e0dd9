package sotto.node.cli;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Event;
import sotto.node.api.FeedEvent;
import sotto.node.api.Messenger;

@Command(
        name = "events",
        sortOptions = false,
        description =
                "Print what happened and happens, one JSON object per line. Events with a sequence are stored: a script"
                        + " that begins again after the last sequence it saw misses none.",
        footer = {
            "",
            "Examples:",
            "  sotto events                       all that is stored",
            "  sotto events --follow              from now on",
            "  sotto events --follow --since 17   all after number 17, then from now on",
        })
final class EventsCommand implements Runnable {
    /** How many events may wait while stdout is slow; the feed is read again from its last sequence then. */
    private static final int WAITING_MAX = 10_000;

    private final Program program;

    @Option(names = "--follow", description = "Go on with what happens from now on.")
    private boolean isFollowing;

    @Option(
            names = "--since",
            paramLabel = "N",
            description = "Begin after this sequence (default: 0, or now with --follow).")
    private @Nullable Long since;

    EventsCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        try (Access access =
                isFollowing ? program.nodes().attachOrServe() : program.nodes().attachOrOpen()) {
            Messenger messenger = access.messenger();
            long newest = Waiting.result(messenger.status()).lastSequence();
            EventView view = new EventView(Waiting.result(messenger.contacts()));
            long last = Optional.ofNullable(since).orElse(isFollowing ? newest : 0L);
            Reading reading = new Reading(last, false);
            while (!reading.isComplete() && !program.output().isClosed()) {
                reading = read(messenger, view, last);
                if (!reading.isComplete() && reading.last() == last) {
                    throw new ApiException(new ApiError.NodeGone());
                }
                last = reading.last();
            }
        }
    }

    /** Prints one subscription, until the feed ends it or all is told that was asked for. */
    @SuppressWarnings("try") // The subscription is only to be closed.
    private Reading read(Messenger messenger, EventView view, long since) {
        BlockingQueue<Optional<FeedEvent>> waiting = new LinkedBlockingQueue<>();
        long last = since;
        try (Messenger.Subscription feed = messenger.subscribe(since, event -> keep(event, waiting))) {
            if (!isFollowing) {
                // Whatever is stored is told before this is answered.
                messenger.status().whenComplete((status, failure) -> waiting.add(Optional.empty()));
            }
            while (!program.output().isClosed()) {
                Optional<FeedEvent> next = take(waiting);
                if (next.isEmpty()) {
                    break;
                }
                if (next.get().event() instanceof Event.FeedEnded) {
                    return new Reading(last, false);
                }
                program.output().json(view.of(next.get()));
                last = Math.max(last, next.get().sequence());
            }
            return new Reading(last, true);
        }
    }

    private static void keep(FeedEvent event, BlockingQueue<Optional<FeedEvent>> waiting) {
        if (waiting.size() < WAITING_MAX) {
            waiting.add(Optional.of(event));
        } else if (waiting.size() == WAITING_MAX) {
            Event end = new Event.FeedEnded("stdout is too slow");
            waiting.add(Optional.of(new FeedEvent(FeedEvent.TRANSIENT, event.at(), end)));
        }
    }

    private static <T> T take(BlockingQueue<T> waiting) {
        try {
            return waiting.take();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("nobody interrupts a command", interrupted);
        }
    }

    /** How far a subscription came, and whether that was all. */
    private record Reading(long last, boolean isComplete) {}
}

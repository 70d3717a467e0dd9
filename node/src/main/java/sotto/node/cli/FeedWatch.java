package sotto.node.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Event;
import sotto.node.api.FeedEvent;
import sotto.node.api.Messenger;

/** Waits for what becomes of something that was begun after the sequence {@code since}: what happened meanwhile is told again. */
record FeedWatch(Messenger messenger, long since) {
    /**
     * The first event that {@code choose} takes.
     *
     * @throws ApiException with {@link ApiError.TimedOut} and the message {@code otherwise} if none comes in time, or with what
     *     ended the feed
     */
    @SuppressWarnings("try") // The subscription is only to be closed.
    <T> T first(Function<Event, Optional<T>> choose, Duration patience, String otherwise) {
        CompletableFuture<T> chosen = new CompletableFuture<>();
        try (Messenger.Subscription feed = messenger.subscribe(since, event -> consider(event, choose, chosen))) {
            return chosen.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            throw new ApiException(new ApiError.TimedOut(otherwise));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("nobody interrupts a command", interrupted);
        } catch (ExecutionException ended) {
            throw ended.getCause() instanceof ApiException refused ? refused : new IllegalStateException(ended);
        }
    }

    private static <T> void consider(FeedEvent told, Function<Event, Optional<T>> choose, CompletableFuture<T> chosen) {
        choose.apply(told.event()).ifPresent(chosen::complete);
        if (told.event() instanceof Event.FeedEnded ended) {
            chosen.completeExceptionally(new ApiException(new ApiError.Failed(ended.reason())));
        }
    }
}

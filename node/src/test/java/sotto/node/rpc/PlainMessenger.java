package sotto.node.rpc;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Event;
import sotto.node.api.FeedEvent;
import sotto.node.api.Messenger;
import sotto.node.api.Status;

/** A messenger with no node behind it: it has a status, a feed that the test tells, and refuses everything else. */
final class PlainMessenger {
    final AtomicInteger unsubscribed = new AtomicInteger();
    final AtomicInteger asked = new AtomicInteger();
    final CompletableFuture<Void> subscribed = new CompletableFuture<>();
    final CompletableFuture<Void> mayAnswer = new CompletableFuture<>();

    // Written by the server's threads, read by the test.
    private volatile Consumer<FeedEvent> subscriber = event -> {};

    private final Map<String, Object> answers = new ConcurrentHashMap<>();

    private static final Status STATUS =
            new Status(Status.Life.LOCKED, "test", Optional.empty(), List.of(), 0, 0, 0, false, 0, "none", 0);

    Messenger messenger() {
        Class<?>[] door = {Messenger.class};
        return (Messenger) Proxy.newProxyInstance(
                Messenger.class.getClassLoader(),
                door,
                (self, method, arguments) -> answer(method.getName(), arguments));
    }

    private Object answer(String method, Object[] arguments) {
        return switch (method) {
            case "status" -> CompletableFuture.completedFuture(STATUS);
            case "contacts" -> {
                asked.incrementAndGet();
                yield mayAnswer.thenApply(nothing -> List.of());
            }
            case "subscribe" -> {
                @SuppressWarnings("unchecked") // The only method of this name takes it second.
                Consumer<FeedEvent> consumer = (Consumer<FeedEvent>) arguments[1];
                subscriber = consumer;
                subscribed.complete(null);
                yield (Messenger.Subscription) unsubscribed::incrementAndGet;
            }
            default ->
                answers.containsKey(method)
                        ? CompletableFuture.completedFuture(answers.get(method))
                        : CompletableFuture.failedFuture(
                                new ApiException(new ApiError.NotAllowed("this one refuses " + method)));
        };
    }

    /** From now on {@code method} answers this. */
    void answerOf(String method, Object answer) {
        answers.put(method, answer);
    }

    void tell(long sequence, Event event) {
        subscriber.accept(new FeedEvent(sequence, Instant.EPOCH, event));
    }
}

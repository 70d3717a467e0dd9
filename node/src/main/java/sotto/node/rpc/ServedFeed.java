package sotto.node.rpc;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import sotto.node.api.Event;
import sotto.node.api.FeedEvent;
import sotto.node.api.Message;
import sotto.node.api.Messenger;

/**
 * One subscription of a client: turns events into lines. A client that reads too slowly gets {@link Event.FeedEnded} as the last
 * event, and may subscribe again after the last sequence it saw. Thread-safe.
 */
final class ServedFeed implements Consumer<FeedEvent>, AutoCloseable {
    private final long id;
    private final LineChannel channel;
    private final Gson gson;
    private final Runnable whenOver;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicReference<Messenger.Subscription> source = new AtomicReference<>();

    ServedFeed(long id, LineChannel channel, Gson gson, Runnable whenOver) {
        this.id = id;
        this.channel = channel;
        this.gson = gson;
        this.whenOver = whenOver;
    }

    /** Hands over the subscription that feeds this one; it may have told events already, and this feed may be over by now. */
    void begin(Messenger.Subscription subscription) {
        source.set(subscription);
        if (isOver.get()) {
            subscription.close();
        }
    }

    @Override
    public void accept(FeedEvent event) {
        if (isOver.get()) {
            return;
        }
        if (event.event() instanceof Event.FeedEnded) {
            end(event);
        } else if (!channel.offer(line(event))) {
            end(new FeedEvent(FeedEvent.TRANSIENT, event.at(), new Event.FeedEnded("the reader is too slow")));
        }
    }

    @Override
    public void close() {
        if (isOver.compareAndSet(false, true)) {
            whenOver.run();
            Messenger.Subscription feeding = source.get();
            if (feeding != null) {
                feeding.close();
            }
        }
    }

    private void end(FeedEvent last) {
        if (!isOver.get()) {
            close();
            channel.force(line(last));
        }
    }

    private Line line(FeedEvent event) {
        return new Line(Line.BASE_WEIGHT + weightOf(event.event()), () -> encode(event));
    }

    private byte[] encode(FeedEvent event) {
        JsonObject notification = new JsonObject();
        notification.addProperty("jsonrpc", "2.0");
        notification.addProperty("method", "event");
        notification.add("params", gson.toJsonTree(new RpcMessages.EventParams(id, event)));
        return gson.toJson(notification).getBytes(StandardCharsets.UTF_8);
    }

    /** Only messages hold long texts. */
    private static int weightOf(Event event) {
        if (event instanceof Event.MessageStored stored) {
            return textLength(stored.message());
        }
        return event instanceof Event.MessageChanged changed ? textLength(changed.message()) : 0;
    }

    private static int textLength(Message message) {
        return message.text().value().length();
    }
}

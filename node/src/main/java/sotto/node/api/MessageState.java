package sotto.node.api;

import java.time.Instant;
import java.util.function.Function;

/** Where a message is. Exactly one of these, and never one that is not true. */
public sealed interface MessageState {
    /** Durable here; not yet known to be there. */
    record Queued() implements MessageState {}

    /** Durable there: acknowledged after the receiver's commit. A received message is in this state too. */
    record Delivered(Instant at) implements MessageState {}

    /** It will not arrive. */
    record Failed(String reason) implements MessageState {}

    /** One answer per state. */
    default <T> T match(
            Function<Queued, T> onQueued, Function<Delivered, T> onDelivered, Function<Failed, T> onFailed) {
        if (this instanceof Queued queued) {
            return onQueued.apply(queued);
        }
        if (this instanceof Delivered delivered) {
            return onDelivered.apply(delivered);
        }
        return onFailed.apply((Failed) this);
    }

    /** The word for it in text and JSON. */
    default String word() {
        return match(queued -> "queued", delivered -> "delivered", failed -> "failed");
    }
}

package sotto.node.rpc;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import sotto.node.api.FeedEvent;

/** The shapes of what travels; reading one is checked like any other record. */
final class RpcMessages {
    private RpcMessages() {}

    /** From a client. Without an id no reply is wanted. */
    record Request(Optional<JsonElement> id, String method, Optional<JsonObject> params) {}

    /**
     * From a server: a reply ({@code id} with {@code result} or {@code error}), or a notification ({@code method}, {@code params},
     * which are {@link EventParams}; read only where there are any, since no other shape takes as long to get ready for).
     */
    record Incoming(
            Optional<Long> id, Optional<JsonElement> result, Optional<JsonObject> error, Optional<JsonObject> params) {}

    record SubscribeParams(long since) {}

    record UnsubscribeParams(long subscription) {}

    /** An event, and the id of the request that subscribed to it. */
    record EventParams(long subscription, FeedEvent event) {}
}

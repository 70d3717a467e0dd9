package sotto.node.rpc;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Messenger;
import sotto.node.api.Passphrase;

/** One client of a {@link MessengerServer}: reads its requests, calls the messenger, writes replies and events. Thread-safe. */
final class ServedClient implements LineChannel.Listener, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ServedClient.class.getName());

    private final Desk desk;
    private final Gson gson;
    private final Consumer<ServedClient> whenOver;
    private final LineChannel channel;
    private final Semaphore freeCalls;
    private final Map<Long, ServedFeed> feeds = new ConcurrentHashMap<>();

    ServedClient(SocketChannel socket, Desk desk, Consumer<ServedClient> whenOver) {
        this.desk = desk;
        this.gson = desk.gson();
        this.whenOver = whenOver;
        this.freeCalls = new Semaphore(desk.limits().callsMax());
        var bounds = new LineChannel.Bounds(
                desk.limits().requestBytesMax(), desk.limits().queueWeightMax());
        this.channel = new LineChannel(socket, "sotto-rpc", bounds, this);
    }

    void start() {
        channel.start();
    }

    @Override
    public void close() {
        channel.close();
    }

    /** Each request takes a permit and gives it back with its reply: who asks too much at once is read no further until then. */
    @Override
    public void onLine(byte[] line) {
        freeCalls.acquireUninterruptibly();
        try {
            serve(line);
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "bug: a request was not answered as it should be", bug);
            refuse(JsonNull.INSTANCE, RpcErrors.INTERNAL_ERROR, "something went wrong inside the node");
        }
    }

    private void serve(byte[] line) {
        JsonElement json = parsed(line);
        if (json == null) {
            refuse(JsonNull.INSTANCE, RpcErrors.PARSE_ERROR, "not JSON");
            return;
        }
        RpcMessages.Request request = read(json);
        if (request == null || !request.id().map(ServedClient::isId).orElse(true)) {
            refuse(JsonNull.INSTANCE, RpcErrors.INVALID_REQUEST, "not a request");
            return;
        }
        JsonElement id = request.id().orElse(JsonNull.INSTANCE);
        try {
            dispatch(id, request.method(), request.params().orElseGet(JsonObject::new));
        } catch (JsonParseException badParams) {
            refuse(id, RpcErrors.INVALID_PARAMS, RpcErrors.messageOf(badParams));
        }
    }

    /** A word or a whole number of 64 bits: what else JSON has for numbers may be longer to compute with than to write. */
    private static boolean isId(JsonElement id) {
        if (!id.isJsonPrimitive() || !id.getAsJsonPrimitive().isNumber()) {
            return id.isJsonPrimitive() && id.getAsJsonPrimitive().isString();
        }
        try {
            return id.getAsString().equals(Long.toString(Long.parseLong(id.getAsString())));
        } catch (NumberFormatException other) {
            return false;
        }
    }

    private @Nullable JsonElement parsed(byte[] line) {
        try {
            return gson.fromJson(new String(line, StandardCharsets.UTF_8), JsonElement.class);
        } catch (JsonParseException garbled) {
            return null;
        }
    }

    private RpcMessages.@Nullable Request read(JsonElement json) {
        try {
            return gson.fromJson(json, RpcMessages.Request.class);
        } catch (JsonParseException other) {
            return null;
        }
    }

    @Override
    public void onEnd() {
        // A reader that waits for a permit wakes, finds the socket closed and ends.
        freeCalls.release(desk.limits().callsMax());
        feeds.values().forEach(ServedFeed::close);
        whenOver.accept(this);
    }

    private void dispatch(JsonElement id, String name, JsonObject params) {
        if (name.equals("subscribe")) {
            subscribe(
                    id, gson.fromJson(params, RpcMessages.SubscribeParams.class).since());
        } else if (name.equals("unsubscribe")) {
            unsubscribe(
                    gson.fromJson(params, RpcMessages.UnsubscribeParams.class).subscription());
            succeed(id, () -> JsonNull.INSTANCE);
        } else {
            RpcMethod method = desk.methods().get(name);
            if (method == null) {
                refuse(id, RpcErrors.METHOD_NOT_FOUND, "there is no such method");
                return;
            }
            call(id, method, method.argumentsOf(gson, params));
        }
    }

    private void call(JsonElement id, RpcMethod method, Object... arguments) {
        method.invoke(desk.messenger(), arguments).whenComplete((result, failure) -> {
            for (Object argument : arguments) {
                if (argument instanceof Passphrase passphrase) {
                    passphrase.close();
                }
            }
            if (failure == null) {
                succeed(id, () -> gson.toJsonTree(result, method.result()));
            } else {
                fail(id, failure);
            }
        });
    }

    /** A subscription has the id of the request that began it, so that its client knows it before the first event. */
    private void subscribe(JsonElement id, long since) {
        if (!id.isJsonPrimitive() || !id.getAsJsonPrimitive().isNumber() || feeds.containsKey(id.getAsLong())) {
            refuse(id, RpcErrors.INVALID_PARAMS, "the id of a subscription is a number, new in this connection");
            return;
        }
        if (feeds.size() >= desk.limits().subscriptionsMax()) {
            refuse(id, RpcErrors.INVALID_PARAMS, "too many subscriptions");
            return;
        }
        succeed(id, () -> JsonNull.INSTANCE);
        ServedFeed feed = new ServedFeed(id.getAsLong(), channel, gson, () -> feeds.remove(id.getAsLong()));
        feeds.put(id.getAsLong(), feed);
        feed.begin(desk.messenger().subscribe(since, feed));
        if (!channel.isOpen()) {
            feed.close();
        }
    }

    private void unsubscribe(long id) {
        ServedFeed feed = feeds.get(id);
        if (feed != null) {
            feed.close();
        }
    }

    private void fail(JsonElement id, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (!(cause instanceof ApiException)) {
            LOG.log(System.Logger.Level.ERROR, "bug: a messenger failed with something else than its own error", cause);
        }
        ApiError error = cause instanceof ApiException known
                ? known.error()
                : new ApiError.Failed("something went wrong inside the node");
        answer(id, "error", () -> RpcErrors.toJson(gson, error));
    }

    private void refuse(JsonElement id, int code, String message) {
        answer(id, "error", () -> RpcErrors.toJson(code, message));
    }

    private void succeed(JsonElement id, Supplier<JsonElement> result) {
        answer(id, "result", result);
    }

    /** Not bounded by the queue's weight: the permits bound how many of these there are. */
    private void answer(JsonElement id, String member, Supplier<JsonElement> value) {
        channel.force(new Line(Line.BASE_WEIGHT, () -> {
            freeCalls.release();
            byte[] reply = encode(id, member, value.get());
            if (reply.length <= desk.limits().replyBytesMax()) {
                return reply;
            }
            ApiError tooMuch = new ApiError.BadArgument("the answer is too long: ask for less at a time");
            return encode(id, "error", RpcErrors.toJson(gson, tooMuch));
        }));
    }

    private byte[] encode(JsonElement id, String member, JsonElement value) {
        JsonObject reply = new JsonObject();
        reply.addProperty("jsonrpc", "2.0");
        reply.add("id", id);
        reply.add(member, value);
        // Not by Gson, which leaves out a result that is null; a reply must have one.
        return reply.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What all clients of a server share. */
    record Desk(Messenger messenger, Gson gson, Map<String, RpcMethod> methods, RpcLimits limits) {}
}

package sotto.node.rpc;

import com.google.gson.Gson;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sotto.node.api.AccountId;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Contact;
import sotto.node.api.ContactRequest;
import sotto.node.api.Conversation;
import sotto.node.api.DisplayName;
import sotto.node.api.Event;
import sotto.node.api.Explanation;
import sotto.node.api.FeedEvent;
import sotto.node.api.HistoryPage;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;
import sotto.node.api.Knock;
import sotto.node.api.Message;
import sotto.node.api.MessageId;
import sotto.node.api.Messenger;
import sotto.node.api.Passphrase;
import sotto.node.api.Status;

/**
 * A messenger that runs in another process of the same user. Ends when that process goes away: then every call fails with
 * {@link ApiError.NodeGone} and every feed ends. {@link #close} leaves the node running. Thread-safe; consumers are called on the
 * thread that reads the socket.
 */
public final class RemoteMessenger implements Messenger {
    private static final ApiError GONE = new ApiError.NodeGone();

    private final Gson gson = ApiJson.gson();
    private final Map<String, RpcMethod> methods = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, Call> calls = new ConcurrentHashMap<>();
    private final Map<Long, Consumer<FeedEvent>> feeds = new ConcurrentHashMap<>();
    private final LineChannel channel;

    private RemoteMessenger(SocketChannel socket) {
        var bounds = new LineChannel.Bounds(RpcLimits.DEFAULT.replyBytesMax(), RpcLimits.DEFAULT.queueWeightMax());
        channel = new LineChannel(socket, "sotto-remote", bounds, new Listener());
    }

    /**
     * The node that serves this home; empty if none does.
     *
     * @throws ApiException with {@link ApiError.Failed} if one does and cannot be used, such as another user's
     */
    public static Optional<Messenger> connect(Path home) {
        try {
            return new NodeSocket(home).connect().map(socket -> {
                RemoteMessenger messenger = new RemoteMessenger(socket);
                messenger.channel.start();
                return messenger;
            });
        } catch (IOException unusable) {
            throw new ApiException(new ApiError.Failed("cannot reach the node: " + unusable.getMessage()));
        }
    }

    @Override
    public CompletionStage<Status> status() {
        return call("status");
    }

    @Override
    public CompletionStage<Status> create(DisplayName name, Passphrase passphrase) {
        return call("create", name, passphrase);
    }

    @Override
    public CompletionStage<Status> unlock(Passphrase passphrase) {
        return call("unlock", passphrase);
    }

    @Override
    public CompletionStage<Void> changePassphrase(Passphrase current, Passphrase next) {
        return call("changePassphrase", current, next);
    }

    @Override
    public CompletionStage<Void> checkPassphrase(Passphrase passphrase) {
        return call("checkPassphrase", passphrase);
    }

    @Override
    public CompletionStage<Invitation> invite(InvitationTerms terms) {
        return call("invite", terms);
    }

    @Override
    public CompletionStage<List<Invitation>> invitations() {
        return call("invitations");
    }

    @Override
    public CompletionStage<Void> revokeInvitation(String label) {
        return call("revokeInvitation", label);
    }

    @Override
    public CompletionStage<Knock> addContact(ContactRequest request) {
        return call("addContact", request);
    }

    @Override
    public CompletionStage<List<Knock>> knocks() {
        return call("knocks");
    }

    @Override
    public CompletionStage<List<Contact>> contacts() {
        return call("contacts");
    }

    @Override
    public CompletionStage<Contact> findContact(String nameOrIdPrefix) {
        return call("findContact", nameOrIdPrefix);
    }

    @Override
    public CompletionStage<Contact> markVerified(AccountId contact, boolean isVerified) {
        return call("markVerified", contact, isVerified);
    }

    @Override
    public CompletionStage<Contact> renameContact(AccountId contact, DisplayName name) {
        return call("renameContact", contact, name);
    }

    @Override
    public CompletionStage<Contact> setBlocked(AccountId contact, boolean isBlocked) {
        return call("setBlocked", contact, isBlocked);
    }

    @Override
    public CompletionStage<Void> removeContact(AccountId contact) {
        return call("removeContact", contact);
    }

    @Override
    public CompletionStage<Message> send(AccountId contact, String text) {
        return call("send", contact, text);
    }

    @Override
    public CompletionStage<List<Message>> history(AccountId contact, HistoryPage page) {
        return call("history", contact, page);
    }

    @Override
    public CompletionStage<Message> findMessage(MessageId id) {
        return call("findMessage", id);
    }

    @Override
    public CompletionStage<Void> markRead(AccountId contact) {
        return call("markRead", contact);
    }

    @Override
    public CompletionStage<List<Conversation>> conversations() {
        return call("conversations");
    }

    @Override
    public CompletionStage<Explanation> why(AccountId contact) {
        return call("why", contact);
    }

    @Override
    public Subscription subscribe(long since, Consumer<FeedEvent> consumer) {
        long id = lastId.incrementAndGet();
        feeds.put(id, consumer);
        JsonObject params = new JsonObject();
        params.addProperty("since", since);
        if (!send(id, "subscribe", params)) {
            endFeed(id);
        }
        return () -> {
            if (feeds.remove(id) != null) {
                JsonObject which = new JsonObject();
                which.addProperty("subscription", id);
                send(lastId.incrementAndGet(), "unsubscribe", which);
            }
        };
    }

    @Override
    public void close() {
        channel.close();
    }

    private <T> CompletionStage<T> call(String name, Object... arguments) {
        RpcMethod method = methods.computeIfAbsent(name, RpcMethod::named);
        long id = lastId.incrementAndGet();
        Call call = new Call(method, new CompletableFuture<>());
        calls.put(id, call);
        if (!send(id, name, method.paramsOf(gson, arguments))) {
            fail(id, GONE);
        }
        @SuppressWarnings("unchecked") // The table and this class were made from the same interface.
        CompletionStage<T> result = (CompletionStage<T>) call.result();
        return result;
    }

    private boolean send(long id, String method, JsonObject params) {
        JsonObject request = new JsonObject();
        request.addProperty("jsonrpc", "2.0");
        request.addProperty("id", id);
        request.addProperty("method", method);
        request.add("params", params);
        return channel.offer(Line.of(gson.toJson(request))) && channel.isOpen();
    }

    private void fail(long id, ApiError error) {
        Call call = calls.remove(id);
        if (call != null) {
            call.result().completeExceptionally(new ApiException(error));
        }
    }

    private void endFeed(long id) {
        Consumer<FeedEvent> consumer = feeds.remove(id);
        if (consumer != null) {
            consumer.accept(new FeedEvent(FeedEvent.TRANSIENT, Instant.EPOCH, new Event.FeedEnded(GONE.message())));
        }
    }

    /** A call that waits for its reply. */
    private record Call(RpcMethod method, CompletableFuture<@Nullable Object> result) {}

    /** Confined to the channel's threads. */
    private final class Listener implements LineChannel.Listener {
        @Override
        public void onLine(byte[] line) {
            RpcMessages.Incoming message = read(line);
            if (message == null) {
                channel.close();
                return;
            }
            message.params().ifPresent(this::onNotification);
            message.id().ifPresent(id -> onReply(id, message));
        }

        private RpcMessages.@Nullable Incoming read(byte[] line) {
            try {
                return gson.fromJson(new String(line, StandardCharsets.UTF_8), RpcMessages.Incoming.class);
            } catch (JsonParseException garbled) {
                return null;
            }
        }

        private void onNotification(JsonObject params) {
            try {
                RpcMessages.EventParams event = gson.fromJson(params, RpcMessages.EventParams.class);
                onEvent(event.subscription(), event.event());
            } catch (JsonParseException garbled) {
                channel.close();
            }
        }

        private void onEvent(long subscription, FeedEvent event) {
            Consumer<FeedEvent> consumer =
                    event.event() instanceof Event.FeedEnded ? feeds.remove(subscription) : feeds.get(subscription);
            if (consumer != null) {
                consumer.accept(event);
            }
        }

        private void onReply(long id, RpcMessages.Incoming reply) {
            if (reply.error().isPresent()) {
                endFeed(id);
                fail(id, RpcErrors.fromJson(gson, reply.error().get()));
                return;
            }
            Call call = calls.get(id);
            if (call == null) {
                return;
            }
            try {
                Object result = gson.fromJson(
                        reply.result().orElse(JsonNull.INSTANCE), call.method().result());
                calls.remove(id);
                call.result().complete(result);
            } catch (JsonParseException strange) {
                fail(id, new ApiError.Failed("the node gave an answer that this version does not know"));
            }
        }

        @Override
        public void onEnd() {
            calls.keySet().forEach(id -> fail(id, GONE));
            feeds.keySet().forEach(RemoteMessenger.this::endFeed);
        }
    }
}

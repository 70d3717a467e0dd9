package sotto.node.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import sotto.node.api.AccountId;
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
 * The messenger in this process: every command goes onto the node loop, to the node that is open there. Thread-safe.
 */
public final class Node implements Messenger {
    private static final System.Logger LOG = System.getLogger(Node.class.getName());
    /** How long {@link #close} waits at most: a node must be gone 5 s after SIGTERM. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Surroundings surroundings;
    private final Runnable onClosed;
    private final LoopCalls calls;

    // Set by the first who closes, who alone does it; completed by the loop. Whoever closes after that waits for the
    // same.
    private final AtomicBoolean isClosing = new AtomicBoolean();
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    // Confined to the node loop.
    private final LifeCycle life;

    /** {@code onClosed} ends what the surroundings run on. */
    Node(NodeConfig config, Surroundings surroundings, Runnable onClosed) {
        this.surroundings = surroundings;
        this.onClosed = onClosed;
        this.calls = new LoopCalls(surroundings.loop());
        this.life = new LifeCycle(config, surroundings);
    }

    /** A node in its home: absent or locked until it is created or unlocked. Its threads live until it is closed. */
    public static Messenger start(NodeConfig config) {
        return RealSurroundings.node(config);
    }

    @Override
    public CompletionStage<Status> status() {
        return calls.call(() -> CompletableFuture.completedFuture(life.status()));
    }

    @Override
    public CompletionStage<Status> create(DisplayName name, Passphrase passphrase) {
        return calls.call(
                () -> life.enter(failed -> surroundings.vaults().create(passphrase, failed), Optional.of(name)));
    }

    @Override
    public CompletionStage<Status> unlock(Passphrase passphrase) {
        return calls.call(() -> life.enter(failed -> surroundings.vaults().open(passphrase, failed), Optional.empty()));
    }

    @Override
    public CompletionStage<Void> changePassphrase(Passphrase current, Passphrase next) {
        return ask(node -> node.vault().changePassphrase(current, next));
    }

    @Override
    public CompletionStage<Void> checkPassphrase(Passphrase passphrase) {
        return ask(node -> node.vault().checkPassphrase(passphrase));
    }

    @Override
    public CompletionStage<Invitation> invite(InvitationTerms terms) {
        return ask(node -> node.invitations().invite(terms));
    }

    @Override
    public CompletionStage<List<Invitation>> invitations() {
        return get(node -> node.invitations().all());
    }

    @Override
    public CompletionStage<Void> revokeInvitation(String label) {
        return ask(node -> node.invitations().revoke(label));
    }

    @Override
    public CompletionStage<Knock> addContact(ContactRequest request) {
        return ask(node -> node.contacts().add(request));
    }

    @Override
    public CompletionStage<List<Knock>> knocks() {
        return get(node -> node.contacts().knocks());
    }

    @Override
    public CompletionStage<List<Contact>> contacts() {
        return get(node -> node.contacts().all());
    }

    @Override
    public CompletionStage<Contact> findContact(String nameOrIdPrefix) {
        return get(node -> node.contacts().find(nameOrIdPrefix));
    }

    @Override
    public CompletionStage<Contact> markVerified(AccountId contact, boolean isVerified) {
        return ask(node -> node.contacts().markVerified(contact, isVerified));
    }

    @Override
    public CompletionStage<Contact> renameContact(AccountId contact, DisplayName name) {
        return ask(node -> node.contacts().rename(contact, name));
    }

    @Override
    public CompletionStage<Contact> setBlocked(AccountId contact, boolean isBlocked) {
        return ask(node -> node.contacts().setBlocked(contact, isBlocked));
    }

    @Override
    public CompletionStage<Void> removeContact(AccountId contact) {
        return ask(node -> node.contacts().remove(contact));
    }

    @Override
    public CompletionStage<Message> send(AccountId contact, String text) {
        return ask(node -> node.messages().send(contact, text));
    }

    @Override
    public CompletionStage<List<Message>> history(AccountId contact, HistoryPage page) {
        return get(node -> node.messages().history(contact, page));
    }

    @Override
    public CompletionStage<Message> findMessage(MessageId id) {
        return get(node -> node.messages().find(id));
    }

    @Override
    public CompletionStage<Void> markRead(AccountId contact) {
        return ask(node -> node.messages().markRead(contact));
    }

    @Override
    public CompletionStage<List<Conversation>> conversations() {
        return get(node -> node.messages().conversations());
    }

    @Override
    public CompletionStage<Explanation> why(AccountId contact) {
        return get(node -> node.contacts().why(contact));
    }

    @Override
    public Subscription subscribe(long since, Consumer<FeedEvent> consumer) {
        CompletionStage<Feed.Subscriber> subscriber = get(node -> node.feed().subscribe(since, consumer));
        subscriber.whenComplete((known, failure) -> {
            if (failure instanceof ApiException refused) {
                consumer.accept(new FeedEvent(
                        FeedEvent.TRANSIENT,
                        surroundings.loop().clock().instant(),
                        new Event.FeedEnded(refused.error().message())));
            }
        });
        return () -> subscriber.thenAccept(gone -> surroundings
                .loop()
                .execute(() -> life.open().ifPresent(node -> node.feed().unsubscribe(gone))));
    }

    @Override
    public void close() {
        if (!isClosing.compareAndSet(false, true)) {
            awaitLeft();
            return;
        }
        surroundings.loop().execute(() -> {
            try {
                life.stop("the node has stopped");
            } finally {
                calls.end();
                left.complete(null);
            }
        });
        try {
            awaitLeft();
        } finally {
            calls.end();
            onClosed.run();
        }
    }

    private void awaitLeft() {
        try {
            left.get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException stuck) {
            LOG.log(System.Logger.Level.ERROR, "the node did not close in time", stuck);
        }
    }

    private <T> CompletionStage<T> get(Function<OpenNode, T> query) {
        return ask(node -> CompletableFuture.completedFuture(query.apply(node)));
    }

    private <T> CompletionStage<T> ask(Function<OpenNode, CompletionStage<T>> command) {
        return calls.call(() -> command.apply(life.node()));
    }
}

package sotto.node.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
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
import sotto.node.identity.Account;
import sotto.node.vault.UncheckedVaultException;
import sotto.node.vault.Vault;
import sotto.node.vault.VaultException;

/**
 * The messenger in this process: absent, locked or open, and the way onto its loop for every command. Thread-safe; its state is
 * confined to the node loop.
 */
public final class Node implements Messenger {
    private static final System.Logger LOG = System.getLogger(Node.class.getName());
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final NodeConfig config;
    private final Surroundings surroundings;
    private final Runnable onClosed;
    private Optional<OpenNode> open = Optional.empty();
    private boolean isEntering;

    /** {@code onClosed} ends what the surroundings run on. */
    Node(NodeConfig config, Surroundings surroundings, Runnable onClosed) {
        this.config = config;
        this.surroundings = surroundings;
        this.onClosed = onClosed;
    }

    /** A node in its home: absent or locked until it is created or unlocked. Its threads live until it is closed. */
    public static Messenger start(NodeConfig config) {
        return RealSurroundings.node(config);
    }

    @Override
    public CompletionStage<Status> status() {
        return onLoop(() -> CompletableFuture.completedFuture(statusNow()));
    }

    @Override
    public CompletionStage<Status> create(DisplayName name, Passphrase passphrase) {
        return onLoop(() -> enter(() -> surroundings.vaults().create(passphrase), Optional.of(name)));
    }

    @Override
    public CompletionStage<Status> unlock(Passphrase passphrase) {
        return onLoop(() -> enter(() -> surroundings.vaults().open(passphrase), Optional.empty()));
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
        return ask(node -> node.invite(terms));
    }

    @Override
    public CompletionStage<List<Invitation>> invitations() {
        return get(OpenNode::invitations);
    }

    @Override
    public CompletionStage<Void> revokeInvitation(String label) {
        return ask(node -> node.revokeInvitation(label));
    }

    @Override
    public CompletionStage<Knock> addContact(ContactRequest request) {
        return ask(node -> node.addContact(request));
    }

    @Override
    public CompletionStage<List<Knock>> knocks() {
        return get(OpenNode::knocks);
    }

    @Override
    public CompletionStage<List<Contact>> contacts() {
        return get(OpenNode::contacts);
    }

    @Override
    public CompletionStage<Contact> findContact(String nameOrIdPrefix) {
        return get(node -> node.findContact(nameOrIdPrefix));
    }

    @Override
    public CompletionStage<Contact> markVerified(AccountId contact, boolean isVerified) {
        return ask(node -> node.markVerified(contact, isVerified));
    }

    @Override
    public CompletionStage<Contact> renameContact(AccountId contact, DisplayName name) {
        return ask(node -> node.renameContact(contact, name));
    }

    @Override
    public CompletionStage<Contact> setBlocked(AccountId contact, boolean isBlocked) {
        return ask(node -> node.setBlocked(contact, isBlocked));
    }

    @Override
    public CompletionStage<Void> removeContact(AccountId contact) {
        return ask(node -> node.removeContact(contact));
    }

    @Override
    public CompletionStage<Message> send(AccountId contact, String text) {
        return ask(node -> node.send(contact, text));
    }

    @Override
    public CompletionStage<List<Message>> history(AccountId contact, HistoryPage page) {
        return get(node -> node.history(contact, page));
    }

    @Override
    public CompletionStage<Message> findMessage(MessageId id) {
        return get(node -> node.findMessage(id));
    }

    @Override
    public CompletionStage<Void> markRead(AccountId contact) {
        return ask(node -> node.markRead(contact));
    }

    @Override
    public CompletionStage<List<Conversation>> conversations() {
        return get(OpenNode::conversations);
    }

    @Override
    public CompletionStage<Explanation> why(AccountId contact) {
        return get(node -> node.why(contact));
    }

    @Override
    public Subscription subscribe(long since, Consumer<FeedEvent> consumer) {
        CompletableFuture<Optional<Feed.Subscriber>> subscriber = new CompletableFuture<>();
        surroundings.loop().execute(() -> {
            subscriber.complete(open.map(node -> node.feed().subscribe(since, consumer)));
            if (open.isEmpty()) {
                consumer.accept(new FeedEvent(
                        FeedEvent.TRANSIENT,
                        surroundings.loop().clock().instant(),
                        new Event.FeedEnded(closedError().message())));
            }
        });
        return () -> unsubscribe(subscriber);
    }

    private void unsubscribe(CompletionStage<Optional<Feed.Subscriber>> subscriber) {
        subscriber.thenAccept(known -> surroundings
                .loop()
                .execute(() -> known.ifPresent(
                        gone -> open.ifPresent(node -> node.feed().unsubscribe(gone)))));
    }

    @Override
    public void close() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        surroundings.loop().execute(() -> {
            leave("the node has stopped");
            left.complete(null);
        });
        try {
            left.get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException stuck) {
            LOG.log(System.Logger.Level.ERROR, "the node did not close in time", stuck);
        } finally {
            onClosed.run();
        }
    }

    private Status statusNow() {
        String version = Version.NAME;
        return open.map(node -> node.status(version))
                .orElseGet(() -> new Status(
                        surroundings.vaults().exist() ? Status.Life.LOCKED : Status.Life.ABSENT,
                        version,
                        Optional.empty(),
                        List.of(),
                        0,
                        0,
                        config.isLanOnly(),
                        0,
                        surroundings.crypto().cipherName(),
                        0));
    }

    /** Opens the vault beside the loop, then becomes open with what is in it, or with a new account of {@code name}. */
    private CompletionStage<Status> enter(Opening opening, Optional<DisplayName> name) {
        if (open.isPresent() || isEntering) {
            throw new ApiException(new ApiError.NotAllowed("the vault is open already"));
        }
        isEntering = true;
        CompletableFuture<Vault> opened = new CompletableFuture<>();
        surroundings.blocking().execute(() -> {
            try {
                Vault vault = opening.open();
                surroundings.loop().execute(() -> opened.complete(vault));
            } catch (VaultException | RuntimeException | Error failure) {
                // An error too: Argon2id asks for more memory at once than a small machine may have.
                surroundings.loop().execute(() -> opened.completeExceptionally(failure));
            }
        });
        return opened.thenCompose(vault -> closedOnFailure(vault, () -> settleIn(vault, name)))
                .whenComplete((status, failure) -> isEntering = false);
    }

    /** A vault that was left open would keep its lock, and be in use for ever after. */
    private static <T> CompletionStage<T> closedOnFailure(Vault vault, Supplier<CompletionStage<T>> use) {
        return CompletableFuture.completedFuture(vault)
                .thenCompose(opened -> use.get())
                .whenComplete((value, failure) -> {
                    if (failure != null) {
                        vault.close();
                    }
                });
    }

    private CompletionStage<Status> settleIn(Vault vault, Optional<DisplayName> name) {
        CompletionStage<Void> written = name.map(chosen -> vault.write(new AccountRow(
                        Account.generate(
                                surroundings.crypto(), surroundings.loop().random()),
                        chosen)::write))
                .orElse(CompletableFuture.completedFuture(null));
        return written.thenCompose(nothing -> {
            if (!vault.read(AccountRow::isIn)) {
                throw new ApiException(new ApiError.VaultDamaged("the making of this vault was cut short"));
            }
            OpenNode node = new OpenNode(config, surroundings, vault, () -> onVaultFailure(vault));
            return node.start(surroundings.hosts()).handle((isListening, failure) -> {
                if (failure != null) {
                    node.close();
                    throw new ApiException(new ApiError.Failed("cannot listen: " + reason(failure)));
                }
                open = Optional.of(node);
                return statusNow();
            });
        });
    }

    /** What is still under way in a node that was left fails late, and must not end the one that is open by then. */
    private void onVaultFailure(Vault vault) {
        if (open.filter(node -> node.vault() == vault).isPresent()) {
            leave("the vault has failed");
        }
    }

    private void leave(String reason) {
        Optional<OpenNode> leaving = open;
        open = Optional.empty();
        leaving.ifPresent(node -> {
            node.feed().end(reason);
            node.close();
        });
    }

    private <T> CompletionStage<T> get(Function<OpenNode, T> query) {
        return ask(node -> CompletableFuture.completedFuture(query.apply(node)));
    }

    private <T> CompletionStage<T> ask(Function<OpenNode, CompletionStage<T>> command) {
        return onLoop(() -> command.apply(open.orElseThrow(() -> new ApiException(closedError()))));
    }

    private ApiError closedError() {
        return surroundings.vaults().exist() ? new ApiError.Locked() : new ApiError.Absent();
    }

    /** Runs {@code command} on the loop; whatever fails, fails as an {@link ApiException}. */
    private <T> CompletionStage<T> onLoop(Supplier<CompletionStage<T>> command) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        surroundings.loop().execute(() -> {
            try {
                command.get().whenComplete((value, failure) -> {
                    if (failure == null) {
                        outcome.complete(value);
                    } else {
                        outcome.completeExceptionally(toApiException(failure));
                    }
                });
            } catch (RuntimeException failure) {
                outcome.completeExceptionally(toApiException(failure));
            }
        });
        return outcome;
    }

    private static ApiException toApiException(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof ApiException api) {
            return api;
        }
        if (cause instanceof VaultException || cause instanceof UncheckedVaultException) {
            return new ApiException(Store.toApiError(cause));
        }
        if (cause instanceof IllegalArgumentException bad) {
            return new ApiException(new ApiError.BadArgument(String.valueOf(bad.getMessage())));
        }
        LOG.log(System.Logger.Level.ERROR, "a command failed in a way that it should not", cause);
        return new ApiException(new ApiError.Failed("internal error"));
    }

    private static String reason(Throwable failure) {
        return String.valueOf(cause(failure).getMessage());
    }

    /** What a stage failed with, which the stages after it wrap. */
    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** What takes half a second and may not happen on the loop. */
    private interface Opening {
        Vault open() throws VaultException;
    }
}

package sotto.tui.app;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.ContactRequest;
import sotto.node.api.Event;
import sotto.node.api.FeedEvent;
import sotto.node.api.InvitationTerms;
import sotto.node.api.Messenger;
import sotto.node.api.Passphrase;
import sotto.node.cli.PassphraseStrength;
import sotto.node.cli.Waiting;
import sotto.tui.model.Effect;
import sotto.tui.model.Signal;
import sotto.tui.model.Strength;

/** Does effects with a messenger; outcomes go to the loop as signals. Confined to the UI thread, but for what it posts. */
final class Doing implements Effect.Doer {
    private static final Duration INVITATION_LIFETIME = InvitationTerms.DEFAULT_LIFETIME;

    private final Messenger messenger;
    private final Consumer<Signal> signals;
    private final Executor background;
    private final Lending lending;
    private Duration limit = Waiting.ANSWER_LIMIT;

    /** Written by the UI thread, read in the background: typing is faster than estimating, and only the last estimate counts. */
    private final AtomicInteger newestEdition = new AtomicInteger();

    private Messenger.@Nullable Subscription subscription;

    /** What only the owner of the terminal can do. */
    interface Lending {
        void repaint();

        void suspend();
    }

    /** @param background runs what takes long, one after the other */
    Doing(Messenger messenger, Consumer<Signal> signals, Executor background, Lending lending) {
        this.messenger = messenger;
        this.signals = signals;
        this.background = background;
        this.lending = lending;
    }

    /** The same, with another limit to how long the messenger may take for an answer. */
    Doing within(Duration otherLimit) {
        limit = otherLimit;
        return this;
    }

    /** Not answered in time is not done: whoever waits is told, rather than kept. What comes later comes to nobody. */
    private <T> void report(Effect effect, CompletionStage<T> stage, Function<T, Signal> outcome) {
        CompletableFuture<T> answer = stage.thenApply(Function.<T>identity())
                .toCompletableFuture()
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        CompletionStage<T> unused = answer.whenComplete((value, failure) ->
                signals.accept(failure == null ? outcome.apply(value) : new Signal.Failed(effect, error(failure))));
    }

    private ApiError error(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return new ApiError.TimedOut("the node did not answer within " + limit.toSeconds() + " seconds");
        }
        return cause instanceof ApiException known
                ? known.error()
                : new ApiError.Failed(
                        "the node answered with a " + cause.getClass().getSimpleName());
    }

    /** Wipes a passphrase when the messenger is done with it. */
    private static <T> CompletionStage<T> wiping(Passphrase passphrase, CompletionStage<T> stage) {
        return stage.whenComplete((value, failure) -> passphrase.close());
    }

    @Override
    public void loadStatus() {
        report(new Effect.LoadStatus(), messenger.status(), Signal.StatusCame::new);
    }

    @Override
    public void create(Effect.Create effect) {
        report(
                effect,
                wiping(effect.passphrase(), messenger.create(effect.name(), effect.passphrase())),
                Signal.StatusCame::new);
    }

    @Override
    public void unlock(Effect.Unlock effect) {
        report(effect, wiping(effect.passphrase(), messenger.unlock(effect.passphrase())), Signal.StatusCame::new);
    }

    @Override
    public void measureStrength(Effect.MeasureStrength effect) {
        newestEdition.set(effect.edition());
        background.execute(() -> {
            try (Passphrase passphrase = effect.passphrase()) {
                if (newestEdition.get() == effect.edition()) {
                    PassphraseStrength strength = PassphraseStrength.of(passphrase);
                    Strength told = new Strength(strength.score(), "guessed " + strength.guessed());
                    signals.accept(new Signal.StrengthCame(effect.edition(), told));
                }
            }
        });
    }

    @Override
    public void subscribe(Effect.Subscribe effect) {
        endSubscription();
        try {
            subscription = messenger.subscribe(effect.since(), event -> signals.accept(new Signal.FeedCame(event)));
        } catch (ApiException e) {
            signals.accept(new Signal.Failed(effect, e.error()));
        }
    }

    void endSubscription() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
    }

    @Override
    public void loadConversations() {
        report(new Effect.LoadConversations(), messenger.conversations(), Signal.ConversationsCame::new);
    }

    @Override
    public void loadKnocks() {
        report(new Effect.LoadKnocks(), messenger.knocks(), Signal.KnocksCame::new);
    }

    @Override
    public void loadHistory(Effect.LoadHistory effect) {
        report(
                effect,
                messenger.history(effect.contact(), effect.page()),
                messages -> new Signal.HistoryCame(
                        effect.contact(),
                        messages,
                        messages.size() == effect.page().limit()));
    }

    @Override
    public void send(Effect.Send effect) {
        report(effect, messenger.send(effect.contact(), effect.text()), Signal.Sent::new);
    }

    @Override
    public void markRead(Effect.MarkRead effect) {
        report(effect, messenger.markRead(effect.contact()), nothing -> read(effect));
    }

    /** Told as the event it will be, so that the mark goes even where the feed is late. */
    private static Signal read(Effect.MarkRead effect) {
        return told(new Event.ConversationRead(effect.contact()));
    }

    private static Signal told(Event event) {
        return new Signal.FeedCame(new FeedEvent(FeedEvent.TRANSIENT, Instant.EPOCH, event));
    }

    @Override
    public void invite(Effect.Invite effect) {
        InvitationTerms terms = new InvitationTerms(effect.label(), 1, INVITATION_LIFETIME, true);
        report(effect, messenger.invite(terms), Signal.InvitationMade::new);
    }

    @Override
    public void listInvitations() {
        report(new Effect.ListInvitations(), messenger.invitations(), Signal.InvitationsCame::new);
    }

    @Override
    public void addContact(Effect.AddContact effect) {
        report(effect, messenger.addContact(new ContactRequest(effect.code(), "", "")), Signal.KnockQueued::new);
    }

    @Override
    public void markVerified(Effect.MarkVerified effect) {
        report(effect, messenger.markVerified(effect.contact(), effect.isVerified()), Signal.ContactChanged::new);
    }

    @Override
    public void rename(Effect.Rename effect) {
        report(effect, messenger.renameContact(effect.contact(), effect.name()), Signal.ContactChanged::new);
    }

    @Override
    public void setBlocked(Effect.SetBlocked effect) {
        report(effect, messenger.setBlocked(effect.contact(), effect.isBlocked()), Signal.ContactChanged::new);
    }

    @Override
    public void removeContact(Effect.RemoveContact effect) {
        CompletionStage<Void> removed = messenger.removeContact(effect.contact());
        report(effect, removed, nothing -> told(new Event.ContactRemoved(effect.contact())));
    }

    @Override
    public void askWhy(Effect.AskWhy effect) {
        report(effect, messenger.why(effect.contact()), why -> new Signal.Explained(effect.contact(), why));
    }

    @Override
    public void repaint() {
        lending.repaint();
    }

    @Override
    public void suspend() {
        lending.suspend();
    }
}

package sotto.tui.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sotto.node.api.AccountId;
import sotto.node.api.ApiError;
import sotto.node.api.Contact;
import sotto.node.api.Conversation;
import sotto.node.api.FeedEvent;
import sotto.node.api.Invitation;
import sotto.node.api.Knock;
import sotto.node.api.Message;
import sotto.node.api.Status;

/** What the main screen makes of signals. Keys are {@link ChatKeys}' affair, events {@link ChatFeed}'s. */
final class ChatUpdate implements Signal.Cases<Step> {
    private final Chat chat;

    ChatUpdate(Chat chat) {
        this.chat = chat;
    }

    @Override
    public Step typed(Key key) {
        return new ChatKeys(chat).typed(key);
    }

    @Override
    public Step feedCame(FeedEvent event) {
        return event.event().match(new ChatFeed(chat.withSequence(event.sequence())));
    }

    @Override
    public Step statusCame(Status status) {
        return status.life() == Status.Life.OPEN ? chat.with(status).then() : Update.entered(status);
    }

    @Override
    public Step conversationsCame(List<Conversation> conversations) {
        Chat loaded = chat.withConversations(conversations);
        if (loaded.talk().isPresent() || conversations.isEmpty()) {
            return loaded.then();
        }
        return Opening.open(loaded, loaded.conversations().get(0).contact().id());
    }

    @Override
    public Step historyCame(Signal.HistoryCame signal) {
        return chat.talk()
                .filter(t -> t.contact().equals(signal.contact()))
                .map(t -> chat.with(t.withOlder(signal.messages(), signal.hasOlder()))
                        .then())
                .orElseGet(this::ignored);
    }

    @Override
    public Step sent(Message message) {
        return ChatFeed.stored(chat, message).then();
    }

    @Override
    public Step invitationMade(Invitation invitation) {
        return chat.with(Panels.invitation(invitation)).then();
    }

    @Override
    public Step invitationsCame(List<Invitation> invitations) {
        return chat.with(Panels.invitations(invitations)).then();
    }

    @Override
    public Step knockQueued(Knock knock) {
        String where = knock.hints().isEmpty() ? "" : " at " + String.join(", ", knock.hints());
        return chat.with(Notice.news("Asking" + where + ". You will be told how it ends; /requests shows what waits."))
                .then(new Effect.LoadKnocks());
    }

    @Override
    public Step knocksCame(List<Knock> knocks) {
        return chat.withKnocks(knocks).then();
    }

    @Override
    public Step contactChanged(Contact contact) {
        return Opening.changed(chat, contact).then();
    }

    @Override
    public Step explained(Signal.Explained signal) {
        return chat.conversation(signal.contact())
                .map(c -> chat.with(Panels.explanation(c.contact(), signal.explanation()))
                        .then())
                .orElseGet(this::ignored);
    }

    @Override
    public Step settled(Signal.Settled signal) {
        Chat settled = chat.panel()
                .map(panel -> chat.withPanelTop(panel.scrolledTo(signal.panelTop())))
                .orElse(chat);
        return settled.talk().map(talk -> settledTalk(settled, talk, signal)).orElseGet(settled::then);
    }

    private static Step settledTalk(Chat chat, Talk talk, Signal.Settled signal) {
        Talk standing = talk.with(signal.scroll());
        if (standing.hasNewer() && signal.scroll().isAtNewest()) {
            return chat.with(Talk.opening(talk.contact())).then(Opening.newest(talk.contact()));
        }
        if (standing.hasOlder() && signal.isNearTop() && !standing.isLoading()) {
            return chat.with(standing.loading()).then(Opening.older(standing));
        }
        return chat.with(standing).then();
    }

    @Override
    public Step failed(Signal.Failed signal) {
        if (signal.effect() instanceof Effect.LoadStatus) {
            return AppState.Left.because(signal.error()).then();
        }
        if (signal.effect() instanceof Effect.LoadKnocks) {
            // Asked for again and again; where more is wrong, the status tells.
            return ignored();
        }
        Notice notice = Notice.warning(Update.sentence(signal.error()));
        if (signal.error() instanceof ApiError.Locked) {
            return chat.with(notice).then(new Effect.LoadStatus());
        }
        return givenBack(signal.effect()).with(notice).then();
    }

    /** What was typed for an effect that failed comes back to where it was typed, unless something else stands there by now. */
    private Chat givenBack(Effect failed) {
        Line typed = Line.of(failed.typed());
        Optional<AccountId> elsewhere = failed.about().filter(contact -> !chat.isOpen(contact));
        if (typed.isEmpty() || (elsewhere.isEmpty() && !chat.input().isEmpty())) {
            return chat;
        }
        return elsewhere
                .map(contact -> chat.withDrafts(withDraft(contact, typed)))
                .orElseGet(() -> chat.with(typed));
    }

    private Map<AccountId, Line> withDraft(AccountId contact, Line typed) {
        Map<AccountId, Line> drafts = new HashMap<>(chat.drafts());
        drafts.merge(contact, typed, (draft, lost) -> draft.isEmpty() ? lost : draft);
        return drafts;
    }

    @Override
    public Step ignored() {
        return chat.then();
    }
}

package sotto.tui.model;

import java.util.Optional;
import sotto.node.api.AccountId;
import sotto.node.api.Contact;
import sotto.node.api.ContactPath;
import sotto.node.api.Conversation;
import sotto.node.api.Event;
import sotto.node.api.Message;

/** What the main screen makes of events. Events may repeat what a query already told, so each is applied as a fact, not as a change. */
final class ChatFeed implements Event.Cases<Step> {
    private final Chat chat;

    ChatFeed(Chat chat) {
        this.chat = chat;
    }

    @Override
    public Step messageStored(Event.MessageStored event) {
        Message message = event.message();
        Chat changed = stored(chat, message);
        boolean isSeen = changed.talk()
                .filter(t -> t.contact().equals(message.contact()) && t.scroll().isAtNewest())
                .isPresent();
        boolean isNews = !message.isMine() && !message.isRead();
        return isSeen && isNews ? changed.then(new Effect.MarkRead(message.contact())) : changed.then();
    }

    /** Takes a message into its conversation, and into the open one if that is its. */
    static Chat stored(Chat chat, Message message) {
        Chat changed = chat.withConversation(message.contact(), c -> with(c, message));
        Optional<Talk> talk = changed.talk().map(t -> t.contact().equals(message.contact()) ? t.with(message) : t);
        return changed.withTalk(talk);
    }

    private static Conversation with(Conversation conversation, Message message) {
        boolean isNewer = conversation
                .newest()
                .map(n -> n.position() < message.position())
                .orElse(true);
        if (!isNewer) {
            return conversation
                            .newest()
                            .filter(n -> n.id().equals(message.id()))
                            .isPresent()
                    ? new Conversation(conversation.contact(), Optional.of(message), conversation.unread())
                    : conversation;
        }
        int more = message.isMine() || message.isRead() ? 0 : 1;
        return new Conversation(conversation.contact(), Optional.of(message), conversation.unread() + more);
    }

    @Override
    public Step messageChanged(Event.MessageChanged event) {
        return stored(chat, event.message()).then();
    }

    @Override
    public Step contactAdded(Event.ContactAdded event) {
        boolean isNew = chat.conversation(event.contact().id()).isEmpty();
        Chat changed = chat.with(event.contact());
        if (!isNew) {
            return changed.then();
        }
        Chat told = changed.with(Opening.lookalikeWarning(event.contact())
                .orElseGet(() -> Notice.news(event.contact().name() + " is now your contact.")));
        return told.talk().isEmpty() ? Opening.open(told, event.contact().id()) : told.then();
    }

    @Override
    public Step contactChanged(Event.ContactChanged event) {
        return Opening.changed(chat, event.contact()).then();
    }

    @Override
    public Step contactRemoved(Event.ContactRemoved event) {
        Optional<Conversation> known = chat.conversation(event.contact());
        if (known.isEmpty()) {
            return chat.then();
        }
        Notice told = Notice.news("Removed " + known.get().contact().name() + ", with all that was said.");
        Chat left = chat.without(event.contact());
        if (left.talk().isPresent() || left.conversations().isEmpty()) {
            return left.with(told).then();
        }
        Step opened = Opening.move(left, 1);
        return opened.state() instanceof Chat open ? new Step(open.with(told), opened.effects()) : opened;
    }

    @Override
    public Step knockSettled(Event.KnockSettled event) {
        Chat settled = chat.withKnocks(chat.knocks().stream()
                .filter(knock -> !knock.id().equals(event.knock()))
                .toList());
        if (event.contact().isEmpty()) {
            return settled.with(Notice.warning("The knock did not succeed: " + event.reason() + "."))
                    .then();
        }
        Contact contact = event.contact().get();
        Step opened = Opening.open(settled.with(contact), contact.id());
        // After opening, whose tip would stand in its place.
        return !event.reason().isEmpty() && opened.state() instanceof Chat open
                ? new Step(open.with(Notice.news(Update.sentence(event.reason()))), opened.effects())
                : opened;
    }

    @Override
    public Step invitationChanged(Event.InvitationChanged event) {
        return chat.then();
    }

    @Override
    public Step invitationLeaked(Event.InvitationLeaked event) {
        String label = event.invitation().label();
        return chat.with(Notice.warning(
                        "Two people have the code \u201c" + label + "\u201d. Verify whoever came by it."))
                .then();
    }

    @Override
    public Step pathChanged(Event.PathChanged event) {
        return chat.withConversation(event.contact(), c -> onPath(c, event.path()))
                .then();
    }

    private static Conversation onPath(Conversation conversation, ContactPath path) {
        Contact c = conversation.contact();
        Contact moved = new Contact(
                c.id(),
                c.name(),
                c.announcedName(),
                c.invitationLabel(),
                c.isVerified(),
                c.isBlocked(),
                path,
                c.lookalikes(),
                c.safetyNumber(),
                c.since());
        return new Conversation(moved, conversation.newest(), conversation.unread());
    }

    @Override
    public Step conversationRead(Event.ConversationRead event) {
        AccountId contact = event.contact();
        return chat.withConversation(contact, c -> new Conversation(c.contact(), c.newest(), 0))
                .then();
    }

    @Override
    public Step lifeChanged(Event.LifeChanged event) {
        return chat.then(new Effect.LoadStatus());
    }

    /** The way to the node broke, or this UI was too slow: whether the node is still there shows when it is asked. */
    @Override
    public Step feedEnded(Event.FeedEnded event) {
        return chat.then(
                new Effect.LoadStatus(), new Effect.Subscribe(chat.lastSequence()), new Effect.LoadConversations());
    }
}

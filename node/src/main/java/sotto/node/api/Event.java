package sotto.node.api;

import java.util.Optional;

/** What happened. Told only after it is durable, unless it is of the moment (paths, life, the feed's end). */
public sealed interface Event {
    /** Durable: a message was stored here, ours or a contact's. */
    record MessageStored(Message message) implements Event {}

    /** Durable: one of our messages has another state. */
    record MessageChanged(Message message) implements Event {}

    /** Durable: somebody became a contact. */
    record ContactAdded(Contact contact) implements Event {}

    /** Durable: a contact's name, verification or blocking changed. */
    record ContactChanged(Contact contact) implements Event {}

    /** A contact and its conversation are gone from here. Told at once or never: what is stored does not say who it was. */
    record ContactRemoved(AccountId contact) implements Event {}

    /** Durable: a knock of ours ended: with a contact (and a remark where it was one already), or with the reason why not. */
    record KnockSettled(String knock, Optional<Contact> contact, String reason) implements Event {}

    /** Durable: an invitation was made, used or revoked. */
    record InvitationChanged(Invitation invitation) implements Event {}

    /** Durable: a second person used a code that was used up: two people have it. */
    record InvitationLeaked(Invitation invitation) implements Event {}

    /** Of the moment: a contact is reached by another path, or no more. */
    record PathChanged(AccountId contact, ContactPath path) implements Event {}

    /** Of the moment: the conversation with this contact was read here. */
    record ConversationRead(AccountId contact) implements Event {}

    /** Of the moment: the messenger opened or closed. */
    record LifeChanged(Status.Life life) implements Event {}

    /** Of the moment, and the last: the node went away, or the subscriber was too slow. Subscribe again after the last sequence seen. */
    record FeedEnded(String reason) implements Event {}

    /** One answer per event: who handles events names them all. */
    default <T> T match(Cases<T> cases) {
        if (this instanceof MessageStored event) {
            return cases.messageStored(event);
        } else if (this instanceof MessageChanged event) {
            return cases.messageChanged(event);
        } else if (this instanceof ContactAdded event) {
            return cases.contactAdded(event);
        } else if (this instanceof ContactChanged event) {
            return cases.contactChanged(event);
        } else if (this instanceof ContactRemoved event) {
            return cases.contactRemoved(event);
        } else if (this instanceof KnockSettled event) {
            return cases.knockSettled(event);
        } else if (this instanceof InvitationChanged event) {
            return cases.invitationChanged(event);
        } else if (this instanceof InvitationLeaked event) {
            return cases.invitationLeaked(event);
        } else if (this instanceof PathChanged event) {
            return cases.pathChanged(event);
        } else if (this instanceof ConversationRead event) {
            return cases.conversationRead(event);
        } else if (this instanceof LifeChanged event) {
            return cases.lifeChanged(event);
        }
        return cases.feedEnded((FeedEnded) this);
    }

    /** What to do in each case. */
    interface Cases<T> {
        T messageStored(MessageStored event);

        T messageChanged(MessageChanged event);

        T contactAdded(ContactAdded event);

        T contactChanged(ContactChanged event);

        T contactRemoved(ContactRemoved event);

        T knockSettled(KnockSettled event);

        T invitationChanged(InvitationChanged event);

        T invitationLeaked(InvitationLeaked event);

        T pathChanged(PathChanged event);

        T conversationRead(ConversationRead event);

        T lifeChanged(LifeChanged event);

        T feedEnded(FeedEnded event);
    }
}

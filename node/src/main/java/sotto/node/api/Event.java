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

    /** Durable: a contact and its conversation are gone from here. */
    record ContactRemoved(AccountId contact) implements Event {}

    /** Durable: a knock of ours ended: with a contact, or with the reason why not. */
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
}

package sotto.node.core;

import java.time.InstantSource;
import java.util.Optional;
import sotto.node.api.Contact;
import sotto.node.api.ContactPath;
import sotto.node.api.Conversation;
import sotto.node.api.DisplayName;
import sotto.node.api.Event;
import sotto.node.api.HistoryPage;
import sotto.node.api.Invitation;
import sotto.node.api.Message;
import sotto.node.api.SafeText;
import sotto.node.contact.ContactNumber;
import sotto.node.contact.StoredContact;
import sotto.node.contact.StoredInvitation;
import sotto.node.conversation.StoredMessage;

/** What is stored, as the API shows it: texts made harmless, paths and lookalikes added. Confined to the node loop. */
final class Views implements Feed.Telling {
    /** How much of its newest message a conversation shows: all conversations together have to fit into one reply. */
    static final int PREVIEW_CHARACTERS_MAX = 120;

    /** Lookalikes named with a contact; one is enough to be warned, and a crowd of one name must not name everybody to each. */
    static final int LOOKALIKES_MAX = 8;

    private final Store store;
    private final Books books;
    private final InstantSource clock;
    private final Paths paths;
    private final Publishing publishing;

    /** By which way a contact is reached now. */
    interface Paths {
        ContactPath path(ContactNumber contact);
    }

    /** Whether an invitation's record can be found now. */
    interface Publishing {
        Invitation.Publication of(StoredInvitation invitation);
    }

    Views(Store store, Books books, InstantSource clock, Paths paths, Publishing publishing) {
        this.store = store;
        this.books = books;
        this.clock = clock;
        this.paths = paths;
        this.publishing = publishing;
    }

    Contact contact(StoredContact stored) {
        return new Contact(
                stored.id(),
                DisplayName.of(stored.names().local()),
                DisplayName.of(stored.names().announced()),
                stored.names().invitationLabel(),
                stored.isVerified(),
                stored.isBlocked(),
                paths.path(stored.number()),
                books.contacts().lookalikes(stored).stream()
                        .limit(LOOKALIKES_MAX)
                        .map(other -> DisplayName.of(other.names().local()))
                        .toList(),
                stored.safetyNumber(),
                stored.since());
    }

    Invitation invitation(StoredInvitation stored) {
        return stored.view(clock.instant(), publishing.of(stored));
    }

    Message message(StoredContact contact, StoredMessage stored) {
        boolean isRead = store.read(tables -> books.conversations().isRead(tables, contact.number(), stored));
        return new Message(
                stored.id(),
                contact.id(),
                stored.position(),
                stored.isMine(),
                new SafeText(stored.text()),
                stored.state(),
                stored.at(),
                isRead);
    }

    Conversation conversation(StoredContact contact) {
        Optional<Message> newest =
                store
                        .read(tables -> books.conversations().page(tables, contact.number(), HistoryPage.newest(1)))
                        .stream()
                        .map(stored -> message(contact, stored.beginning(PREVIEW_CHARACTERS_MAX)))
                        .findFirst();
        int unread = store.read(tables -> books.conversations().unread(tables, contact.number()));
        return new Conversation(contact(contact), newest, unread);
    }

    @Override
    public Optional<Event> tell(StoredEvent event) {
        return event.match(
                message -> books.contacts()
                        .find(message.contact())
                        .flatMap(contact -> store.read(tables ->
                                        books.conversations().at(tables, message.contact(), message.position()))
                                .map(stored -> message(contact, stored)))
                        .<Event>map(told ->
                                message.isChange() ? new Event.MessageChanged(told) : new Event.MessageStored(told)),
                contact -> books.contacts()
                        .find(contact.contact())
                        .map(this::contact)
                        .<Event>map(told ->
                                contact.isChange() ? new Event.ContactChanged(told) : new Event.ContactAdded(told)),
                removal -> Optional.empty(),
                end -> Optional.of(new Event.KnockSettled(
                        end.knock(),
                        end.contact().flatMap(books.contacts()::find).map(this::contact),
                        end.reason())),
                invitation -> books.invitations()
                        .find(invitation.label())
                        .map(this::invitation)
                        .<Event>map(told -> invitation.isLeak()
                                ? new Event.InvitationLeaked(told)
                                : new Event.InvitationChanged(told)));
    }
}

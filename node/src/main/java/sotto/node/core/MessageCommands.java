package sotto.node.core;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.node.api.AccountId;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Conversation;
import sotto.node.api.Event;
import sotto.node.api.HistoryPage;
import sotto.node.api.Message;
import sotto.node.api.MessageId;
import sotto.node.api.MessageState;
import sotto.node.contact.StoredContact;
import sotto.node.conversation.Conversations;
import sotto.node.wire.WireLimits;

/** The commands of the API on messages and conversations. Confined to the node loop. */
final class MessageCommands {
    private final Parts parts;
    private final Conversations conversations;
    private final Contacts contacts;
    private final Correspondence correspondence;
    private final Links links;
    private final Presence presence;
    private final Views views;

    MessageCommands(Presence.Services services, Presence presence, Views views) {
        this.parts = services.parts();
        this.conversations = parts.books().conversations();
        this.contacts = services.contacts();
        this.correspondence = services.correspondence();
        this.links = services.links();
        this.presence = presence;
        this.views = views;
    }

    CompletionStage<Message> send(AccountId id, String text) {
        int sizeBytes = Bytes.utf8(text).size();
        if (sizeBytes > WireLimits.TEXT_BYTES_MAX) {
            throw new ApiException(new ApiError.TooLong(sizeBytes, WireLimits.TEXT_BYTES_MAX));
        }
        if (text.isEmpty()) {
            throw new ApiException(new ApiError.BadArgument("there is no text to send"));
        }
        StoredContact contact = contacts.get(id);
        if (contact.isBlocked()) {
            throw new ApiException(new ApiError.NotAllowed("this contact is blocked"));
        }
        return correspondence.write(contact.number(), text).thenApply(stored -> {
            links.pump(contact.number());
            if (!links.isUp(contact.number())) {
                presence.pursue(contact);
            }
            return views.message(contact, stored);
        });
    }

    List<Message> history(AccountId id, HistoryPage page) {
        StoredContact contact = contacts.get(id);
        return parts.store().read(tables -> conversations.page(tables, contact.number(), page)).stream()
                .map(stored -> views.message(contact, stored))
                .toList();
    }

    Message find(MessageId id) {
        return parts.store()
                .read(tables -> conversations.find(tables, id))
                .flatMap(found -> parts.books()
                        .contacts()
                        .find(found.contact())
                        .map(contact -> views.message(contact, found.message())))
                .orElseThrow(() -> new ApiException(new ApiError.NoSuchMessage()));
    }

    CompletionStage<Void> markRead(AccountId id) {
        StoredContact contact = contacts.get(id);
        int unread = parts.store().read(tables -> conversations.unread(tables, contact.number()));
        if (unread == 0) {
            // Faces say so whenever they show something: that is no reason to wait for the disk.
            return CompletableFuture.completedFuture(null);
        }
        return parts.store()
                .write(transaction -> conversations.markRead(transaction, contact.number()))
                .thenAccept(isChanged -> {
                    if (isChanged) {
                        parts.feed().tell(new Event.ConversationRead(id));
                    }
                });
    }

    List<Conversation> conversations() {
        Comparator<Conversation> byActivity = Comparator.comparing(conversation -> conversation
                .newest()
                .map(MessageCommands::lastedUntil)
                .orElse(conversation.contact().since()));
        return parts.books().contacts().all().stream()
                .map(views::conversation)
                .sorted(byActivity.reversed())
                .toList();
    }

    /** When a conversation was last added to, by our clock: that of the other end may say anything. */
    private static Instant lastedUntil(Message newest) {
        boolean isTheirs = !newest.isMine();
        return isTheirs && newest.state() instanceof MessageState.Delivered arrived ? arrived.at() : newest.at();
    }
}

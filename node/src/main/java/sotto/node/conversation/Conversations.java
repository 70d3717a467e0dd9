package sotto.node.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;
import sotto.node.api.HistoryPage;
import sotto.node.api.MessageId;
import sotto.node.api.MessageState;
import sotto.node.contact.ContactNumber;
import sotto.node.vault.Table;
import sotto.node.vault.Tables;
import sotto.node.vault.Transaction;

/** The messages of all conversations, by contact and position. Stateless: everything is in the tables. Confined to the node loop. */
public final class Conversations {
    private static final String MESSAGES = "messages";
    private static final String BY_ID = "messages-by-id";
    private static final String READINGS = "readings";
    private static final int DROP_ROWS_PER_STEP = 1_000;

    /** Puts a message behind all others of its conversation. The id must be new: {@link #find} tells. */
    public StoredMessage store(Transaction transaction, ContactNumber contact, Draft draft) {
        Reading reading = reading(transaction, contact);
        long position = reading.nextPosition();
        StoredMessage message =
                new StoredMessage(draft.id(), position, draft.isMine(), draft.at(), draft.state(), draft.text());
        transaction.table(MESSAGES).put(contact.key(position), message.toRow());
        transaction.table(BY_ID).put(idKey(draft.id()), contact.key(position));
        transaction
                .table(READINGS)
                .put(contact.key(), reading.afterStoring(draft.isMine()).toRow());
        return message;
    }

    /** Gives a message another state; nothing happens where it is gone. */
    public Optional<StoredMessage> change(Transaction transaction, MessageId id, MessageState state) {
        return find(transaction, id).map(found -> {
            StoredMessage changed = found.message().in(state);
            transaction.table(MESSAGES).put(found.contact().key(changed.position()), changed.toRow());
            return changed;
        });
    }

    /** The messages of a page, oldest first. */
    public List<StoredMessage> page(Tables tables, ContactNumber contact, HistoryPage page) {
        List<StoredMessage> messages = new ArrayList<>();
        for (Table.Entry entry :
                tables.table(MESSAGES).descending(contact.key(0), contact.key(page.before()), page.limit())) {
            messages.add(StoredMessage.fromRow(ContactNumber.indexOf(entry.key()), entry.value()));
        }
        Collections.reverse(messages);
        return messages;
    }

    public Optional<StoredMessage> at(Tables tables, ContactNumber contact, long position) {
        return tables.table(MESSAGES).get(contact.key(position)).map(row -> StoredMessage.fromRow(position, row));
    }

    public Optional<Found> find(Tables tables, MessageId id) {
        return tables.table(BY_ID)
                .get(idKey(id))
                .flatMap(key -> tables.table(MESSAGES)
                        .get(key)
                        .map(row -> new Found(
                                ContactNumber.of(key), StoredMessage.fromRow(ContactNumber.indexOf(key), row))));
    }

    /** Marks everything received so far as seen; false where it was already. */
    public boolean markRead(Transaction transaction, ContactNumber contact) {
        Reading reading = reading(transaction, contact);
        if (reading.unread() == 0) {
            return false;
        }
        transaction.table(READINGS).put(contact.key(), reading.whole().toRow());
        return true;
    }

    public int unread(Tables tables, ContactNumber contact) {
        return reading(tables, contact).unread();
    }

    /** True if a message at this position counts as seen: our own ones always do. */
    public boolean isRead(Tables tables, ContactNumber contact, StoredMessage message) {
        return message.isMine()
                || message.position() <= reading(tables, contact).readUpTo();
    }

    /** Removes the whole conversation. */
    public void drop(Transaction transaction, ContactNumber contact) {
        List<Table.Entry> entries;
        do {
            entries = transaction.table(MESSAGES).withPrefix(contact.key(), DROP_ROWS_PER_STEP);
            for (Table.Entry entry : entries) {
                StoredMessage message = StoredMessage.fromRow(ContactNumber.indexOf(entry.key()), entry.value());
                transaction.table(BY_ID).remove(idKey(message.id()));
                transaction.table(MESSAGES).remove(entry.key());
            }
        } while (!entries.isEmpty());
        transaction.table(READINGS).remove(contact.key());
    }

    private static Reading reading(Tables tables, ContactNumber contact) {
        return tables.table(READINGS).get(contact.key()).map(Reading::fromRow).orElse(Reading.NEW);
    }

    private static Bytes idKey(MessageId id) {
        return Bytes.ofHex(id.hex());
    }

    /** A message about to be stored. */
    public record Draft(MessageId id, boolean isMine, Instant at, MessageState state, String text) {}

    /** A message and whose conversation it is in. */
    public record Found(ContactNumber contact, StoredMessage message) {}
}

package sotto.node.delivery;

import java.util.Optional;
import sotto.libp2p.bytes.Bytes;
import sotto.node.contact.ContactNumber;
import sotto.node.vault.Tables;
import sotto.node.vault.Transaction;

/**
 * How far each contact's stream of envelopes was received: the one memory that makes delivery exactly once. Stateless:
 * everything is in the tables. Confined to the node loop.
 */
public final class Inbox {
    private static final String STREAMS = "inbox-streams";

    /** What an arriving envelope is. */
    public enum Arrival {
        /** The next one: recorded as received; store it in the same transaction. */
        NEXT,
        /** Received before: acknowledge it again. */
        DUPLICATE,
        /** What came before it never did, or is forgotten here: the sender is told how far we are, and begins anew. */
        GAP
    }

    /** Judges envelope {@code counter} of {@code incarnation}, and records it if it is the next. */
    public Arrival receive(Transaction transaction, ContactNumber contact, Bytes incarnation, long counter) {
        ReceivingStream stream = stream(transaction, contact)
                .filter(known -> known.incarnation().equals(incarnation))
                .orElse(new ReceivingStream(incarnation, 1));
        if (counter < stream.nextCounter()) {
            return Arrival.DUPLICATE;
        }
        if (counter > stream.nextCounter()) {
            return Arrival.GAP;
        }
        transaction.table(STREAMS).put(contact.key(), stream.afterOne().toRow());
        return Arrival.NEXT;
    }

    /** The counter up to which everything of {@code incarnation} was received; 0 for an unknown one. */
    public long receivedUpTo(Tables tables, ContactNumber contact, Bytes incarnation) {
        return stream(tables, contact)
                .filter(known -> known.incarnation().equals(incarnation))
                .map(known -> known.nextCounter() - 1)
                .orElse(0L);
    }

    public void drop(Transaction transaction, ContactNumber contact) {
        transaction.table(STREAMS).remove(contact.key());
    }

    private static Optional<ReceivingStream> stream(Tables tables, ContactNumber contact) {
        return tables.table(STREAMS).get(contact.key()).map(ReceivingStream::fromRow);
    }
}

package sotto.node.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;
import sotto.node.api.MessageId;
import sotto.node.contact.ContactNumber;
import sotto.node.vault.Table;
import sotto.node.vault.Tables;
import sotto.node.vault.Transaction;
import sotto.node.wire.SessionMessage;

/**
 * What was written and is not yet known to have arrived, per contact in the order of writing. A stream of envelopes has an
 * incarnation, 16 random bytes, and counts from 1; a new incarnation begins whenever the other end has no memory of the old one.
 * Stateless: everything is in the tables. Confined to the node loop.
 */
public final class Outbox {
    private static final String ENVELOPES = "outbox";
    private static final String STREAMS = "outbox-streams";
    private static final int ROWS_PER_STEP = 1_000;

    /** Puts a text behind everything that waits for {@code contact}. */
    public Envelope add(Transaction transaction, ContactNumber contact, MessageId id, Instant sentAt, String text) {
        SendingStream stream = stream(transaction, contact);
        Envelope envelope = new Envelope(stream.lastCounter() + 1, id, sentAt, text);
        transaction.table(ENVELOPES).put(contact.key(stream.nextIndex()), envelope.toRow());
        transaction.table(STREAMS).put(contact.key(), stream.afterOne().toRow());
        return envelope;
    }

    /** At most {@code limit} waiting envelopes whose counter is above {@code after}, in order. */
    public List<Envelope> waiting(Tables tables, ContactNumber contact, long after, int limit) {
        SendingStream stream = stream(tables, contact);
        return waiting(tables, contact, new Range(stream.indexOf(after + 1), Long.MAX_VALUE), limit);
    }

    private static List<Envelope> waiting(Tables tables, ContactNumber contact, Range range, int limit) {
        SendingStream stream = stream(tables, contact);
        List<Envelope> envelopes = new ArrayList<>();
        for (Table.Entry entry :
                tables.table(ENVELOPES).ascending(contact.key(range.from), contact.key(range.to), limit)) {
            long index = ContactNumber.indexOf(entry.key());
            envelopes.add(Envelope.fromRow(stream.counterOf(index), entry.value()));
        }
        return envelopes;
    }

    /**
     * What an acknowledgement is worth. One of the present incarnation names a counter from the last one acknowledged to the
     * last one given; any other shows that one of the two ends remembers less than it did: it was put back.
     */
    public Standing standing(Tables tables, ContactNumber contact, Bytes incarnation, long counter) {
        SendingStream stream = stream(tables, contact);
        if (!stream.incarnation().equals(incarnation)) {
            return Standing.NOTHING_NEW;
        }
        long acknowledged = acknowledgedUpTo(tables, contact);
        if (counter == acknowledged) {
            return Standing.NOTHING_NEW;
        }
        return counter > acknowledged && counter <= stream.lastCounter() ? Standing.FITS : Standing.ASTRAY;
    }

    /** See {@link #standing}. */
    public enum Standing {
        /** More has arrived than was known. */
        FITS,
        /** Said before, or of an incarnation that is over or never was: changes nothing. */
        NOTHING_NEW,
        /** The two ends disagree on what was sent: a new incarnation is to begin. */
        ASTRAY
    }

    /** The other end has everything up to {@code counter}, which {@link Standing#FITS}: removes and returns what was waiting of it. */
    public List<Envelope> acknowledge(Transaction transaction, ContactNumber contact, long counter) {
        SendingStream stream = stream(transaction, contact);
        Range range = new Range(0, stream.indexOf(counter + 1));
        List<Envelope> arrived = waiting(transaction, contact, range, Integer.MAX_VALUE);
        arrived.forEach(
                envelope -> transaction.table(ENVELOPES).remove(contact.key(stream.indexOf(envelope.counter()))));
        return arrived;
    }

    /**
     * Begins the stream of a new contact, or a new incarnation of a known one's: what waits is counted anew from 1.
     *
     * @return the last number given
     */
    public long begin(Transaction transaction, ContactNumber contact, RandomGenerator random) {
        byte[] incarnation = new byte[SessionMessage.INCARNATION_BYTES];
        random.nextBytes(incarnation);
        long next = known(transaction, contact).map(SendingStream::nextIndex).orElse(1L);
        long waiting = known(transaction, contact)
                .map(stream -> count(transaction, contact))
                .orElse(0L);
        SendingStream begun = new SendingStream(Bytes.owning(incarnation), next - waiting, next);
        transaction.table(STREAMS).put(contact.key(), begun.toRow());
        return waiting;
    }

    /** True if the stream to this contact is the one called {@code incarnation}; false too where the contact is gone. */
    public boolean isPresent(Tables tables, ContactNumber contact, Bytes incarnation) {
        return known(tables, contact)
                .filter(stream -> stream.incarnation().equals(incarnation))
                .isPresent();
    }

    public Bytes incarnation(Tables tables, ContactNumber contact) {
        return stream(tables, contact).incarnation();
    }

    /** How many envelopes wait for this contact: they are numbered without gaps, so the first one tells. */
    public long count(Tables tables, ContactNumber contact) {
        return waiting(tables, contact, new Range(0, Long.MAX_VALUE), 1).stream()
                .mapToLong(first -> stream(tables, contact).lastCounter() - first.counter() + 1)
                .sum();
    }

    /** The counter before the first one that waits. */
    public long acknowledgedUpTo(Tables tables, ContactNumber contact) {
        return stream(tables, contact).lastCounter() - count(tables, contact);
    }

    public void drop(Transaction transaction, ContactNumber contact) {
        List<Table.Entry> entries;
        do {
            entries = transaction.table(ENVELOPES).withPrefix(contact.key(), ROWS_PER_STEP);
            entries.forEach(entry -> transaction.table(ENVELOPES).remove(entry.key()));
        } while (!entries.isEmpty());
        transaction.table(STREAMS).remove(contact.key());
    }

    private static SendingStream stream(Tables tables, ContactNumber contact) {
        return known(tables, contact)
                .orElseThrow(() -> new IllegalStateException("a contact's stream begins with the contact"));
    }

    private static Optional<SendingStream> known(Tables tables, ContactNumber contact) {
        return tables.table(STREAMS).get(contact.key()).map(SendingStream::fromRow);
    }

    /** Indices, from the first to the one behind the last. */
    private record Range(long from, long to) {}
}

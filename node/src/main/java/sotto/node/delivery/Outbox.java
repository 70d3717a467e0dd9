package sotto.node.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;
import sotto.node.api.MessageId;
import sotto.node.contact.ContactNumber;
import sotto.node.vault.Table;
import sotto.node.vault.Tables;
import sotto.node.vault.Transaction;

/**
 * What was written and is not yet known to have arrived, per contact in the order of writing. A stream of envelopes has an
 * incarnation, 16 random bytes, and counts from 1; a new incarnation begins whenever the other end has no memory of the old one.
 * Stateless: everything is in the tables. Confined to the node loop.
 */
public final class Outbox {
    private static final String ENVELOPES = "outbox";
    private static final String STREAMS = "outbox-streams";
    private static final int INCARNATION_BYTES = 16;
    private static final int ROWS_PER_STEP = 1_000;

    /** Puts a text behind everything that waits for {@code contact}. */
    public Envelope add(Transaction transaction, ContactNumber contact, MessageId id, Instant sentAt, String text) {
        EnvelopeStream stream = stream(transaction, contact);
        Envelope envelope = new Envelope(stream.nextCounter(), id, sentAt, text);
        transaction.table(ENVELOPES).put(contact.key(envelope.counter()), envelope.toRow());
        transaction.table(STREAMS).put(contact.key(), stream.afterOne().toRow());
        return envelope;
    }

    /** At most {@code limit} waiting envelopes whose counter is above {@code after}, in order. */
    public List<Envelope> waiting(Tables tables, ContactNumber contact, long after, int limit) {
        List<Envelope> envelopes = new ArrayList<>();
        Bytes from = contact.key(after + 1);
        for (Table.Entry entry : tables.table(ENVELOPES).ascending(from, contact.key(Long.MAX_VALUE), limit)) {
            envelopes.add(Envelope.fromRow(ContactNumber.indexOf(entry.key()), entry.value()));
        }
        return envelopes;
    }

    /** The other end has everything up to {@code counter} of {@code incarnation}: removes and returns what was waiting of it. */
    public List<Envelope> acknowledge(Transaction transaction, ContactNumber contact, Bytes incarnation, long counter) {
        EnvelopeStream stream = stream(transaction, contact);
        if (!stream.incarnation().equals(incarnation) || counter >= stream.nextCounter()) {
            return List.of();
        }
        List<Envelope> arrived = new ArrayList<>();
        for (Table.Entry entry :
                transaction.table(ENVELOPES).ascending(contact.key(0), contact.key(counter + 1), Integer.MAX_VALUE)) {
            arrived.add(Envelope.fromRow(ContactNumber.indexOf(entry.key()), entry.value()));
            transaction.table(ENVELOPES).remove(entry.key());
        }
        return arrived;
    }

    /**
     * Begins the stream of a new or renewed contact: what waits is numbered anew from 1.
     *
     * @return the last number given
     */
    public long begin(Transaction transaction, ContactNumber contact, RandomGenerator random) {
        List<Envelope> waiting = waiting(transaction, contact, 0, Integer.MAX_VALUE);
        drop(transaction, contact);
        byte[] incarnation = new byte[INCARNATION_BYTES];
        random.nextBytes(incarnation);
        transaction.table(STREAMS).put(contact.key(), new EnvelopeStream(Bytes.owning(incarnation), 1).toRow());
        waiting.forEach(old -> add(transaction, contact, old.id(), old.sentAt(), old.text()));
        return waiting.size();
    }

    /** True if the stream to this contact is the one called {@code incarnation}; false too where the contact is gone. */
    public boolean isPresent(Tables tables, ContactNumber contact, Bytes incarnation) {
        return tables.table(STREAMS)
                .get(contact.key())
                .map(EnvelopeStream::fromRow)
                .filter(stream -> stream.incarnation().equals(incarnation))
                .isPresent();
    }

    public Bytes incarnation(Tables tables, ContactNumber contact) {
        return stream(tables, contact).incarnation();
    }

    /** How many envelopes wait for this contact: they are numbered without gaps, so the first one tells. */
    public long count(Tables tables, ContactNumber contact) {
        return waiting(tables, contact, 0, 1).stream()
                .mapToLong(first -> stream(tables, contact).nextCounter() - first.counter())
                .sum();
    }

    public void drop(Transaction transaction, ContactNumber contact) {
        List<Table.Entry> entries;
        do {
            entries = transaction.table(ENVELOPES).withPrefix(contact.key(), ROWS_PER_STEP);
            entries.forEach(entry -> transaction.table(ENVELOPES).remove(entry.key()));
        } while (!entries.isEmpty());
        transaction.table(STREAMS).remove(contact.key());
    }

    private static EnvelopeStream stream(Tables tables, ContactNumber contact) {
        return tables.table(STREAMS)
                .get(contact.key())
                .map(EnvelopeStream::fromRow)
                .orElseThrow(() -> new IllegalStateException("a contact's stream begins with the contact"));
    }
}

package sotto.node.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.node.vault.Row;
import sotto.node.vault.Table;
import sotto.node.vault.Tables;
import sotto.node.vault.Transaction;
import sotto.node.wire.Locator;

/**
 * The highest sequence of every record that was sealed or read here, so that no reader is given an older one again and no owner
 * is overtaken by what it put itself; in memory beside the vault. A number is forgotten once no record of it can be valid any
 * more, or where there are too many. Confined to the node loop.
 */
public final class SequenceBook {
    /** By then whatever could be believed when a record was seen has expired: nothing older can come any more. */
    static final Duration KEPT = SealedRecord.LIFETIME_MAX.plus(SealedRecord.CLOCK_GRACE.multipliedBy(2));

    private static final String SEQUENCES = "record-sequences";

    private final Map<Locator, Mark> marks = new HashMap<>();
    private final int marksMax;

    /** Reads the book, which is full with {@code marksMax} numbers. */
    public SequenceBook(Tables tables, int marksMax) {
        this.marksMax = marksMax;
        for (Table.Entry entry : tables.table(SEQUENCES).withPrefix(Bytes.EMPTY, marksMax)) {
            Mark mark = Row.decode(entry.value(), in -> new Mark(in.u64(), Instant.ofEpochMilli(in.u64())));
            marks.put(new Locator(entry.key()), mark);
        }
    }

    private record Mark(long sequence, Instant seenAt) {
        boolean isPast(Instant now) {
            return seenAt.plus(KEPT).isBefore(now);
        }
    }

    /** The highest sequence known at {@code locator}; 0 if none is. */
    public long highest(Locator locator) {
        Mark mark = marks.get(locator);
        return mark == null ? 0 : mark.sequence;
    }

    /** Whether {@code record} would raise what is known at {@code locator}. */
    public boolean isNews(Locator locator, SealedRecord record) {
        return record.sequence() > highest(locator);
    }

    /** Remembers that a record with {@code sequence} exists; a lower one than is known changes nothing. */
    public void raise(Transaction transaction, Locator locator, long sequence, Instant now) {
        if (sequence <= highest(locator)) {
            return;
        }
        if (marks.size() >= marksMax && !marks.containsKey(locator)) {
            forgetOldest(transaction);
        }
        Bytes row = new ByteWriter().u64(sequence).u64(now.toEpochMilli()).toBytes();
        transaction.table(SEQUENCES).put(locator.bytes(), row);
        marks.put(locator, new Mark(sequence, now));
    }

    /** True if there are numbers that {@link #forget} would forget. */
    public boolean hasForgettable(Instant now) {
        return marks.values().stream().anyMatch(mark -> mark.isPast(now));
    }

    /** Forgets the numbers behind which nothing older can come any more. */
    public void forget(Transaction transaction, Instant now) {
        List<Locator> past = marks.entrySet().stream()
                .filter(entry -> entry.getValue().isPast(now))
                .map(Map.Entry::getKey)
                .toList();
        past.forEach(locator -> remove(transaction, locator));
    }

    private void forgetOldest(Transaction transaction) {
        marks.entrySet().stream()
                .min(Map.Entry.comparingByValue((one, other) -> one.seenAt.compareTo(other.seenAt)))
                .map(Map.Entry::getKey)
                .ifPresent(locator -> remove(transaction, locator));
    }

    private void remove(Transaction transaction, Locator locator) {
        transaction.table(SEQUENCES).remove(locator.bytes());
        marks.remove(locator);
    }
}

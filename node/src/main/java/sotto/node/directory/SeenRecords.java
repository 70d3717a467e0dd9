package sotto.node.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.node.vault.Row;
import sotto.node.vault.Table;
import sotto.node.vault.Tables;
import sotto.node.vault.Transaction;
import sotto.node.wire.Locator;

/**
 * The highest sequence that we have read at each locator, so that nobody who keeps an older record can make us believe it
 * again. Stateless: everything is in the tables. Confined to the node loop.
 */
public final class SeenRecords {
    /** Locators remembered; beyond it the one read longest ago is forgotten. */
    public static final int LOCATORS_MAX = 1_000;

    /** By then whatever was believable when a record was read has expired: nothing older can come any more. */
    static final Duration KEPT = SealedRecord.LIFETIME_MAX.plus(SealedRecord.CLOCK_GRACE.multipliedBy(2));

    private static final String SEEN = "seen-records";

    /** True if {@code record} is older than one that was read at this locator. */
    public boolean isOutdated(Tables tables, Locator locator, SealedRecord record) {
        return row(tables, locator)
                .filter(seen -> record.sequence() < seen.sequence)
                .isPresent();
    }

    /** Remembers that {@code record} was read, and forgets what is too old to matter. */
    public void note(Transaction transaction, Locator locator, SealedRecord record, Instant now) {
        long highest = Math.max(
                record.sequence(), row(transaction, locator).map(Seen::sequence).orElse(0L));
        transaction.table(SEEN).put(locator.bytes(), new Seen(highest, now.toEpochMilli()).toRow());
        List<Table.Entry> rows = transaction.table(SEEN).withPrefix(Bytes.EMPTY, LOCATORS_MAX + 1);
        long forgottenMillis = now.minus(KEPT).toEpochMilli();
        rows.stream()
                .filter(row -> Seen.fromRow(row.value()).atMillis < forgottenMillis)
                .forEach(row -> transaction.table(SEEN).remove(row.key()));
        if (transaction.table(SEEN).withPrefix(Bytes.EMPTY, LOCATORS_MAX + 1).size() > LOCATORS_MAX) {
            rows.stream()
                    .min(Comparator.comparingLong(row -> Seen.fromRow(row.value()).atMillis))
                    .ifPresent(oldest -> transaction.table(SEEN).remove(oldest.key()));
        }
    }

    private static Optional<Seen> row(Tables tables, Locator locator) {
        return tables.table(SEEN).get(locator.bytes()).map(Seen::fromRow);
    }

    private record Seen(long sequence, long atMillis) {
        Bytes toRow() {
            return new ByteWriter().u64(sequence).u64(atMillis).toBytes();
        }

        static Seen fromRow(Bytes row) {
            return Row.decode(row, in -> new Seen(in.u64(), in.u64()));
        }
    }
}

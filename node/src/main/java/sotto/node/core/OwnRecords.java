package sotto.node.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import sotto.node.directory.SealedRecord;
import sotto.node.directory.SequenceBook;
import sotto.node.wire.Locator;

/**
 * Our records as others get them, from servers of the directory and from ourselves: sealed anew when what they say has changed or
 * they grow old, and numbered durably before anybody sees them. Nobody who asks makes us seal or write. Confined to the node loop.
 */
final class OwnRecords {
    /** A record that is younger than this is given again as it is. */
    private static final Duration FRESH = Duration.ofHours(12);

    /**
     * Up to so much is added to the numbers in a record, in each by itself: else the error of our clock, which is the same in all of
     * them, would tie our records together. An expiry stays below what servers believe.
     */
    private static final Duration BLUR = Duration.ofHours(22);

    private final Parts parts;
    private final SequenceBook sequences;
    private final Map<Locator, Version> versions = new HashMap<>();

    OwnRecords(Parts parts) {
        this.parts = parts;
        this.sequences = parts.books().sequences();
    }

    private record Version(Publication.Edition edition, Instant sealedAt, CompletionStage<SealedRecord> record) {}

    /** The record as it is now; completes once its number is durable. */
    CompletionStage<SealedRecord> of(Publication publication) {
        Publication.Says says = publication.source().says();
        Version known = versions.get(publication.locator());
        if (known == null || !isCurrent(publication.locator(), known, says)) {
            known = seal(publication, says);
            versions.put(publication.locator(), known);
        }
        return known.record;
    }

    /** No more of use. */
    void forget(Locator locator) {
        versions.remove(locator);
    }

    private boolean isCurrent(Locator locator, Version known, Publication.Says says) {
        return known.edition.says().equals(says)
                && known.sealedAt.plus(FRESH).isAfter(parts.loop().clock().instant())
                && known.edition.sequence() >= sequences.highest(locator);
    }

    private Version seal(Publication publication, Publication.Says says) {
        Locator locator = publication.locator();
        Instant now = parts.loop().clock().instant();
        // A contact shares the key and can have used the last number there is.
        long next = Math.min(sequences.highest(locator), Long.MAX_VALUE - 1) + 1;
        long sequence = Math.max(next, blurred(now).toEpochMilli());
        Publication.Edition edition =
                new Publication.Edition(says, sequence, blurred(now).plus(SealedRecord.LIFETIME));
        SealedRecord record = publication.source().seal(edition);
        CompletionStage<SealedRecord> durable = parts.store().write(transaction -> {
            sequences.raise(transaction, locator, sequence, now);
            return record;
        });
        return new Version(edition, now, durable);
    }

    private Instant blurred(Instant now) {
        return now.truncatedTo(ChronoUnit.HOURS)
                .plusMillis(parts.loop().random().nextLong(BLUR.toMillis()));
    }
}

package sotto.node.core;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.Routing;
import sotto.node.directory.SealedRecord;
import sotto.node.directory.SealedRecordValidator;
import sotto.node.directory.SequenceBook;
import sotto.node.wire.Locator;

/**
 * Sealed records in the DHT, as readers and owners use them ({@code docs/protocol/directory.md}): a reader never goes back behind
 * what it has seen, and puts nothing. Confined to the node loop.
 */
final class Directory {
    private final Parts parts;
    private final Exchanges exchanges;
    private final Routing routing;
    private final SequenceBook sequences;

    Directory(Parts parts, Exchanges exchanges, Routing routing) {
        this.parts = parts;
        this.exchanges = exchanges;
        this.routing = routing;
        this.sequences = parts.books().sequences();
    }

    /**
     * The newest record at {@code locator}, once it is durable that there is none older; nothing where servers have none or only
     * what is older than what was seen before. Fails where nobody could be asked.
     */
    CompletionStage<Optional<SealedRecord>> find(Locator locator) {
        return newest(locator, 0);
    }

    /**
     * Whether others will find a record of ours at {@code locator}, numbered {@code sequence} or higher, on a server: a copy that
     * this host keeps itself, being one of the servers, says nothing of that. Fails where nobody could be asked.
     */
    CompletionStage<Boolean> lies(Locator locator, long sequence) {
        return newest(locator, 1)
                .thenApply(found ->
                        found.filter(record -> record.sequence() >= sequence).isPresent());
    }

    /** Hands a record of ours to the servers that others will ask; fails where none takes it. */
    CompletionStage<Routing.Stored> put(Locator locator, SealedRecord record) {
        return exchanges.onLoop(routing.put(SealedRecordValidator.key(locator), record.encoded()));
    }

    /** The newest record, if at least {@code copiesMin} servers beside this host have it. */
    private CompletionStage<Optional<SealedRecord>> newest(Locator locator, int copiesMin) {
        return exchanges
                .onLoop(routing.get(SealedRecordValidator.key(locator)))
                .thenCompose(found -> found.value()
                        .filter(value -> found.copies() >= copiesMin)
                        .map(value -> seen(locator, value))
                        .orElse(CompletableFuture.completedFuture(Optional.empty())));
    }

    private CompletionStage<Optional<SealedRecord>> seen(Locator locator, Bytes value) {
        SealedRecord record;
        try {
            record = SealedRecord.checked(
                    parts.crypto(), value, locator, parts.loop().clock().instant());
        } catch (WireException expiredMeanwhile) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (record.sequence() < sequences.highest(locator)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (!sequences.isNews(locator, record)) {
            return CompletableFuture.completedFuture(Optional.of(record));
        }
        return parts.store().write(transaction -> {
            sequences.raise(
                    transaction,
                    locator,
                    record.sequence(),
                    parts.loop().clock().instant());
            return Optional.of(record);
        });
    }
}

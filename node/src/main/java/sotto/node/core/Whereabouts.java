package sotto.node.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.contact.StoredContact;
import sotto.node.directory.ContactRecord;
import sotto.node.directory.ContactRecordKeys;
import sotto.node.directory.RecordWeek;
import sotto.node.directory.SealedRecord;

/** Reads where contacts say they are ({@code docs/protocol/directory.md}, "Contact record"). Confined to the node loop. */
final class Whereabouts {
    private final Parts parts;
    private final Directory directory;

    Whereabouts(Parts parts, Directory directory) {
        this.parts = parts;
        this.directory = directory;
    }

    /** The addresses in the newest record that {@code contact} left for us; none where there is no record. */
    CompletionStage<List<Multiaddr>> of(StoredContact contact) {
        Instant now = parts.loop().clock().instant();
        ContactRecordKeys.Direction direction = new ContactRecordKeys.Direction(contact.id(), parts.own());
        List<Place> places = new ArrayList<>();
        for (SecretBytes root : contact.pairRoots()) {
            RecordWeek week = RecordWeek.at(parts.crypto(), root, now);
            places.add(new Place(root, direction, week));
            places.add(new Place(root, direction, week.previous()));
        }
        return firstOf(places, 0);
    }

    private record Place(SecretBytes pairRoot, ContactRecordKeys.Direction direction, RecordWeek week) {}

    private CompletionStage<List<Multiaddr>> firstOf(List<Place> places, int index) {
        if (index >= places.size()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return at(places.get(index))
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(
                                found.get().addresses().list())
                        : firstOf(places, index + 1));
    }

    private CompletionStage<Optional<ContactRecord>> at(Place place) {
        ContactRecordKeys keys =
                ContactRecordKeys.derive(parts.crypto(), place.pairRoot(), place.direction(), place.week());
        return directory
                .find(keys.locator(parts.crypto()))
                .thenApply(found -> found.flatMap(record -> opened(record, keys)))
                .whenComplete((opened, failure) -> keys.close());
    }

    /** What does not open was not sealed by our contact: as if nothing lay there. */
    private Optional<ContactRecord> opened(SealedRecord record, ContactRecordKeys keys) {
        try {
            return Optional.of(ContactRecord.decode(record.open(parts.crypto(), keys.readKey())));
        } catch (WireException malformed) {
            return Optional.empty();
        }
    }
}

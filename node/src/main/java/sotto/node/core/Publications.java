package sotto.node.core;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.contact.StoredContact;
import sotto.node.contact.StoredInvitation;
import sotto.node.directory.ContactRecord;
import sotto.node.directory.ContactRecordKeys;
import sotto.node.directory.InvitationRecord;
import sotto.node.directory.RecordWeek;
import sotto.node.directory.SealedRecord;
import sotto.node.wire.Addresses;
import sotto.node.wire.InvitationCertificate;
import sotto.node.wire.Locator;

/**
 * What of ours should lie in the directory: a record for each invitation until nobody can hold a valid one any more, and one for each
 * contact that is not blocked. Confined to the node loop.
 */
final class Publications {
    private final Parts parts;
    private final OwnProfile profile;

    // Deriving a place costs a key pair; it is the same for a week.
    private final Map<Place, Locator> locators = new HashMap<>();

    Publications(Parts parts, OwnProfile profile) {
        this.parts = parts;
        this.profile = profile;
    }

    private record Place(SecretBytes pairRoot, ContactRecordKeys.Direction direction, RecordWeek week) {}

    Set<Publication> wanted() {
        Instant now = parts.loop().clock().instant();
        Set<Publication> wanted = new LinkedHashSet<>();
        for (StoredInvitation invitation : parts.books().invitations().all()) {
            Publication publication = of(invitation);
            if (publication.until().isAfter(now)) {
                wanted.add(publication);
            }
        }
        Set<Place> places = new LinkedHashSet<>();
        for (StoredContact contact : parts.books().contacts().all()) {
            if (!contact.isBlocked()) {
                Place place = place(contact, now);
                places.add(place);
                wanted.add(of(place));
            }
        }
        locators.keySet().retainAll(places);
        return wanted;
    }

    /** The record of an invitation at {@code locator}. It is there whatever became of the invitation. */
    Optional<Publication> find(Locator locator) {
        return parts.books().invitations().find(locator).map(this::of);
    }

    Publication of(StoredInvitation invitation) {
        return new Publication(
                invitation.keys().locator(),
                invitation.terms().expiresAt().plus(SealedRecord.LIFETIME),
                () -> sheet(invitation.keys().locator()));
    }

    private Publication.Sheet sheet(Locator locator) {
        StoredInvitation invitation = parts.books()
                .invitations()
                .find(locator)
                .orElseThrow(() -> new IllegalStateException("an invitation is forgotten only after its record"));
        StoredInvitation.Keys keys = invitation.keys();
        return new Publication.Sheet(
                keys.directory(), keys.secret().readKey(parts.crypto(), locator), content(invitation));
    }

    private Bytes content(StoredInvitation invitation) {
        boolean isClosed = invitation.use().isRevoked()
                || !parts.loop().clock().instant().isBefore(invitation.terms().expiresAt());
        if (isClosed) {
            return InvitationRecord.TOMBSTONE;
        }
        InvitationCertificate certificate = new InvitationCertificate(
                parts.account().keys(),
                invitation.keys().directory().publicKey(),
                invitation.keys().prekeys().bundle(),
                invitation.terms().expiresAt());
        Bytes signature = parts.account().sign(parts.crypto(), certificate);
        return new InvitationRecord(certificate, signature, profile.name(), Addresses.firstOf(profile.addresses()))
                .encode();
    }

    private Place place(StoredContact contact, Instant now) {
        SecretBytes root = contact.pairRoots().get(0);
        return new Place(
                root,
                new ContactRecordKeys.Direction(parts.own(), contact.id()),
                RecordWeek.at(parts.crypto(), root, now));
    }

    private Publication of(Place place) {
        Locator locator = locators.computeIfAbsent(place, fresh -> {
            try (ContactRecordKeys keys = keys(fresh)) {
                return keys.locator(parts.crypto());
            }
        });
        return new Publication(locator, place.week().end(parts.crypto(), place.pairRoot()), () -> sheet(place));
    }

    private Publication.Sheet sheet(Place place) {
        ContactRecordKeys keys = keys(place);
        Bytes content = new ContactRecord(Addresses.firstOf(profile.addresses())).encode();
        return new Publication.Sheet(keys.directory(), keys.readKey(), content);
    }

    private ContactRecordKeys keys(Place place) {
        return ContactRecordKeys.derive(parts.crypto(), place.pairRoot(), place.direction(), place.week());
    }
}

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
import sotto.node.directory.DirectoryKey;
import sotto.node.directory.InvitationRecord;
import sotto.node.directory.RecordWeek;
import sotto.node.directory.SealedRecord;
import sotto.node.wire.Addresses;
import sotto.node.wire.AskToken;
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

    /** The record of an invitation that is asked for by {@code token}. It is there whatever became of the invitation. */
    Optional<Publication> find(AskToken token) {
        return parts.books().invitations().find(token).map(this::of);
    }

    Publication of(StoredInvitation invitation) {
        return new Publication(
                invitation.keys().locator(),
                invitation.terms().expiresAt().plus(SealedRecord.LIFETIME),
                new OfInvitation(invitation.keys().locator()));
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
        return new Publication(locator, place.week().end(parts.crypto(), place.pairRoot()), new OfPlace(place));
    }

    private Addresses addresses() {
        return Addresses.firstOf(profile.addresses());
    }

    private SealedRecord sealed(DirectoryKey key, SecretBytes readKey, Publication.Edition edition, Bytes content) {
        SealedRecord.Draft draft =
                new SealedRecord.Draft(key, readKey, edition.sequence(), edition.expiresAt(), content);
        return SealedRecord.seal(parts.crypto(), draft, parts.loop().random());
    }

    private ContactRecordKeys keys(Place place) {
        return ContactRecordKeys.derive(parts.crypto(), place.pairRoot(), place.direction(), place.week());
    }

    /** The record of an invitation, as that is whenever it is asked. */
    private final class OfInvitation implements Publication.Source {
        private final Locator locator;

        OfInvitation(Locator locator) {
            this.locator = locator;
        }

        @Override
        public Publication.Says says() {
            StoredInvitation invitation = invitation();
            boolean isClosed = invitation.use().isRevoked()
                    || !parts.loop()
                            .clock()
                            .instant()
                            .isBefore(invitation.terms().expiresAt());
            return isClosed ? Publication.Says.CLOSED : new Publication.Says(false, profile.name(), addresses());
        }

        @Override
        public SealedRecord seal(Publication.Edition edition) {
            StoredInvitation.Keys keys = invitation().keys();
            try (SecretBytes readKey = keys.secret().readKey(parts.crypto(), locator)) {
                return sealed(keys.directory(), readKey, edition, content(edition.says()));
            }
        }

        private Bytes content(Publication.Says says) {
            if (says.isClosed()) {
                return InvitationRecord.TOMBSTONE;
            }
            StoredInvitation invitation = invitation();
            InvitationCertificate certificate = new InvitationCertificate(
                    parts.account().keys(),
                    invitation.keys().directory().publicKey(),
                    invitation.keys().prekeys().bundle(),
                    invitation.terms().expiresAt());
            Bytes signature = parts.account().sign(parts.crypto(), certificate);
            return new InvitationRecord(certificate, signature, says.name(), says.addresses()).encode();
        }

        private StoredInvitation invitation() {
            return parts.books()
                    .invitations()
                    .find(locator)
                    .orElseThrow(() -> new IllegalStateException("an invitation is forgotten only after its record"));
        }
    }

    /** What we leave for a contact in one week. */
    private final class OfPlace implements Publication.Source {
        private final Place place;

        OfPlace(Place place) {
            this.place = place;
        }

        @Override
        public Publication.Says says() {
            return new Publication.Says(false, "", addresses());
        }

        @Override
        public SealedRecord seal(Publication.Edition edition) {
            Bytes content = new ContactRecord(edition.says().addresses()).encode();
            try (ContactRecordKeys keys = keys(place)) {
                return sealed(keys.directory(), keys.readKey(), edition, content);
            }
        }
    }
}

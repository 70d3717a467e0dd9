package sotto.node.core;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.contact.InvitationBook;
import sotto.node.contact.StoredInvitation;
import sotto.node.directory.InvitationRecord;
import sotto.node.directory.SealedRecord;
import sotto.node.wire.Addresses;
import sotto.node.wire.InvitationCertificate;
import sotto.node.wire.Locator;

/**
 * The records behind our invitations, sealed for whoever asks: one version is served until something in it has changed or it is
 * a day old, so that strangers who ask cause no commits. Confined to the node loop.
 */
final class ServedRecords {
    private static final Duration AGE_MAX = Duration.ofDays(1);

    private final Parts parts;
    private final InvitationBook book;
    private final OwnProfile profile;
    private final Map<Locator, SealedVersion> versions = new HashMap<>();

    ServedRecords(Parts parts, OwnProfile profile) {
        this.parts = parts;
        this.book = parts.books().invitations();
        this.profile = profile;
    }

    /** One version of a record, under way to be durable or already so. */
    private record SealedVersion(List<Multiaddr> addresses, Instant sealedAt, CompletionStage<SealedRecord> record) {
        boolean isCurrent(List<Multiaddr> present, Instant now) {
            return addresses.equals(present) && sealedAt.plus(AGE_MAX).isAfter(now);
        }
    }

    /**
     * The record at a locator, with the present name and addresses; completes once its sequence is durable, empty where nothing
     * is known. It is served whatever became of the invitation, so that used up, revoked and expired look the same from outside.
     */
    CompletionStage<Optional<SealedRecord>> at(Bytes question) {
        Optional<StoredInvitation> found;
        try {
            found = book.find(Locator.decode(question));
        } catch (WireException malformed) {
            found = Optional.empty();
        }
        return found.map(invitation -> current(invitation).record.thenApply(Optional::of))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private SealedVersion current(StoredInvitation invitation) {
        Instant now = parts.loop().clock().instant();
        List<Multiaddr> addresses = profile.addresses();
        Locator locator = invitation.keys().locator();
        return Optional.ofNullable(versions.get(locator))
                .filter(known -> known.isCurrent(addresses, now))
                .orElseGet(() -> {
                    // An invitation that was forgotten meanwhile must not be remembered here.
                    versions.keySet().removeIf(old -> book.find(old).isEmpty());
                    SealedVersion next = new SealedVersion(addresses, now, seal(invitation, addresses));
                    versions.put(locator, next);
                    return next;
                });
    }

    /** Seals the next version, whose sequence is durable before anybody sees it: no later one may be lower. */
    private CompletionStage<SealedRecord> seal(StoredInvitation invitation, List<Multiaddr> addresses) {
        Instant now = parts.loop().clock().instant();
        long sequence = Math.max(invitation.use().sequence() + 1, now.toEpochMilli());
        StoredInvitation.Keys keys = invitation.keys();
        try (SecretBytes readKey = keys.secret().readKey(parts.crypto(), keys.locator())) {
            SealedRecord.Draft draft = new SealedRecord.Draft(
                    keys.directory(),
                    readKey,
                    sequence,
                    now.plus(SealedRecord.LIFETIME),
                    content(invitation, addresses));
            SealedRecord record =
                    SealedRecord.seal(parts.crypto(), draft, parts.loop().random());
            return parts.store().write(transaction -> {
                book.put(transaction, invitation.sealedAs(sequence));
                return record;
            });
        }
    }

    private Bytes content(StoredInvitation invitation, List<Multiaddr> addresses) {
        StoredInvitation.Keys keys = invitation.keys();
        InvitationCertificate certificate = new InvitationCertificate(
                parts.account().keys(),
                keys.directory().publicKey(),
                keys.prekeys().bundle(),
                invitation.terms().expiresAt());
        Bytes signature = parts.account().sign(parts.crypto(), certificate);
        return new InvitationRecord(certificate, signature, profile.name(), Addresses.firstOf(addresses)).encode();
    }
}

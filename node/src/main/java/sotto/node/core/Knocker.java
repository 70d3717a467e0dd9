package sotto.node.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.ContactRequest;
import sotto.node.contact.KnockBook;
import sotto.node.contact.StoredContact;
import sotto.node.contact.StoredKnock;
import sotto.node.directory.InvitationCode;
import sotto.node.directory.InvitationRecord;
import sotto.node.directory.SealedRecord;
import sotto.node.ratchet.HandshakeException;
import sotto.node.ratchet.KnockHandshake;
import sotto.node.ratchet.KnockTarget;
import sotto.node.ratchet.SentKnock;
import sotto.node.vault.Transaction;
import sotto.node.wire.Addresses;
import sotto.node.wire.InvitationCertificate;
import sotto.node.wire.KnockBlock;
import sotto.node.wire.KnockPayload;
import sotto.node.wire.Protocols;
import sotto.node.wire.WireLimits;

/** Knocks of ours: queues them, fetches the record behind a code, and delivers the block. Confined to the node loop. */
final class Knocker {
    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final int ID_BYTES = 16;
    private static final String UNUSABLE = "the record behind the code cannot be used";

    private final Parts parts;
    private final Exchanges exchanges;
    private final OwnProfile profile;
    private final KnockHandshake handshake;

    Knocker(Parts parts, Exchanges exchanges, OwnProfile profile) {
        this.parts = parts;
        this.exchanges = exchanges;
        this.profile = profile;
        this.handshake = new KnockHandshake(parts.crypto());
    }

    /** Queues a knock at whoever made a code; completes once that is durable. */
    CompletionStage<StoredKnock> queue(ContactRequest request) {
        InvitationCode code = parse(request.code());
        if (parts.books().invitations().find(code.locator()).isPresent()) {
            throw new ApiException(new ApiError.NotAllowed("this is an invitation of your own"));
        }
        int greetingBytes = Bytes.utf8(request.message()).size();
        if (greetingBytes > WireLimits.GREETING_BYTES_MAX) {
            throw new ApiException(new ApiError.TooLong(greetingBytes, WireLimits.GREETING_BYTES_MAX));
        }
        Optional<StoredKnock> before = parts.books().knocks().all().stream()
                .filter(knock -> parse(knock.wish().code()).locator().equals(code.locator()))
                .findFirst();
        if (before.isPresent()) {
            return again(before.get(), code);
        }
        if (parts.books().areContactsFull()) {
            throw new ApiException(new ApiError.NotAllowed(Contacts.TOO_MANY));
        }
        if (parts.books().knocks().isFull()) {
            throw new ApiException(new ApiError.NotAllowed("there are too many knocks under way"));
        }
        List<Multiaddr> hints =
                code.hints().stream().map(Multiaddr::withoutPeer).toList();
        byte[] id = new byte[ID_BYTES];
        parts.loop().random().nextBytes(id);
        Instant now = parts.loop().clock().instant();
        StoredKnock.Wish wish = new StoredKnock.Wish(code.text(), hints, request.localName(), request.message());
        StoredKnock knock = new StoredKnock(Bytes.owning(id).hex(), wish, now, now.plus(LIFETIME), Optional.empty());
        return parts.store().write(transaction -> {
            parts.books().knocks().put(transaction, knock);
            return knock;
        });
    }

    /** The same code once more is the same knock, tried where the code says now. */
    private CompletionStage<StoredKnock> again(StoredKnock before, InvitationCode code) {
        KnockBook knocks = parts.books().knocks();
        // Looked up once more inside: by then it may have been aimed, or have ended.
        return parts.store()
                .write(transaction -> knocks.find(before.id())
                        .map(knock -> {
                            StoredKnock hinted = knock.hinted(newestFirst(code, knock));
                            knocks.put(transaction, hinted);
                            return hinted;
                        })
                        .orElse(before));
    }

    private static List<Multiaddr> newestFirst(InvitationCode code, StoredKnock knock) {
        return Stream.concat(code.hints().stream().map(Multiaddr::withoutPeer), knock.wish().hints().stream())
                .distinct()
                .limit(InvitationCode.HINTS_MAX)
                .toList();
    }

    /**
     * Delivers a knock over a connection to one of its addresses, fetching its target first where that is still unknown.
     *
     * @return completes once the block was answered, with the knock as it is then; at once where its target is a contact already, so
     *     that it has ended; fails where the other end has no such record
     */
    CompletionStage<StoredKnock> deliver(Connection connection, StoredKnock knock) {
        CompletionStage<StoredKnock> aimed =
                knock.target().isPresent() ? CompletableFuture.completedFuture(knock) : aim(connection, knock);
        return aimed.thenCompose(ready -> ready.target()
                .filter(target -> parts.books().knocks().find(ready.id()).isPresent())
                .map(target -> exchanges
                        .ask(connection, Protocols.KNOCK, target.knock().block(), KnockBlock.ANSWER.size())
                        .thenApply(answer -> ready))
                .orElse(CompletableFuture.completedFuture(ready)));
    }

    /** Ends a knock without a contact. */
    CompletionStage<Boolean> giveUp(StoredKnock knock, String reason) {
        return parts.store().write(transaction -> {
            parts.books().knocks().remove(transaction, knock.id());
            parts.feed().record(transaction, new StoredEvent.KnockEnd(knock.id(), Optional.empty(), reason));
            return true;
        });
    }

    private CompletionStage<StoredKnock> aim(Connection connection, StoredKnock knock) {
        InvitationCode code = parse(knock.wish().code());
        return exchanges
                .ask(connection, Protocols.RECORD, code.askToken(parts.crypto()).bytes(), SealedRecord.SIZE_BYTES)
                .thenCompose(answer -> aim(knock, code, checked(code, answer)));
    }

    /** Aims a knock at whom {@code record} names, or learns from a newer record where they are now. */
    private CompletionStage<StoredKnock> aim(StoredKnock asked, InvitationCode code, SealedRecord record) {
        Optional<StoredKnock> present = parts.books().knocks().find(asked.id());
        if (present.isEmpty()) {
            return CompletableFuture.completedFuture(asked);
        }
        // Two ways lead to the record: whoever comes second must not make another knock of it.
        StoredKnock knock = present.get();
        StoredKnock.Target target = target(code, knock, record);
        Optional<StoredContact> known = parts.books().contacts().find(target.id(parts.crypto()));
        if (known.isEmpty() && knock.target().equals(Optional.of(target))) {
            return CompletableFuture.completedFuture(knock);
        }
        Instant now = parts.loop().clock().instant();
        return parts.store().write(transaction -> {
            parts.books().sequences().raise(transaction, code.locator(), record.sequence(), now);
            return known.map(contact -> meetAgain(transaction, knock, target, contact))
                    .orElseGet(() -> parts.books().knocks().aim(transaction, knock, target));
        });
    }

    /**
     * Looks in the directory for the record behind a knock's code.
     *
     * @return completes with the knock as it is then: as it was where nothing is there, or the invitation is closed; ended where its
     *     target is a contact already
     */
    CompletionStage<StoredKnock> lookUp(Directory directory, StoredKnock knock) {
        InvitationCode code = parse(knock.wish().code());
        return directory
                .find(code.locator())
                .thenCompose(found -> found.filter(record -> !isClosed(code, record))
                        .map(record -> aim(knock, code, record))
                        .orElse(CompletableFuture.completedFuture(knock)));
    }

    private boolean isClosed(InvitationCode code, SealedRecord record) {
        try (SecretBytes readKey = code.secret().readKey(parts.crypto(), code.locator())) {
            return record.open(parts.crypto(), readKey).equals(InvitationRecord.TOMBSTONE);
        } catch (WireException notOfThisCode) {
            return false;
        }
    }

    /** Somebody who is a contact already: the code says where they are now, which is all that is taken from it. */
    private StoredKnock meetAgain(
            Transaction transaction, StoredKnock knock, StoredKnock.Target target, StoredContact known) {
        StoredKnock ended = knock.at(target);
        List<Multiaddr> addresses = new ArrayList<>(target.addresses());
        addresses.addAll(known.addresses());
        parts.books().contacts().put(transaction, known.reachedAt(addresses));
        parts.books().knocks().remove(transaction, knock.id());
        String reason = "you are contacts already; now looking at the new address";
        parts.feed().record(transaction, new StoredEvent.KnockEnd(knock.id(), Optional.of(known.number()), reason));
        return ended;
    }

    /** The record that {@code answer} is, and that is not older than one which was read before. */
    private SealedRecord checked(InvitationCode code, Bytes answer) {
        try {
            SealedRecord record = SealedRecord.checked(
                    parts.crypto(), answer, code.locator(), parts.loop().clock().instant());
            if (record.sequence() < parts.books().sequences().highest(code.locator())) {
                throw new WireException("a record that is older than one that was read before");
            }
            return record;
        } catch (WireException unusable) {
            throw new ApiException(new ApiError.Failed(UNUSABLE));
        }
    }

    private StoredKnock.Target target(InvitationCode code, StoredKnock knock, SealedRecord record) {
        try (SecretBytes readKey = code.secret().readKey(parts.crypto(), code.locator());
                SecretBytes knockKey = code.secret().knockKey(parts.crypto(), code.locator())) {
            InvitationRecord invitation =
                    InvitationRecord.verified(parts.crypto(), record, record.open(parts.crypto(), readKey));
            InvitationCertificate certificate = invitation.certificate();
            KnockTarget aim = new KnockTarget(code.locator(), certificate.account(), certificate.prekeys(), knockKey);
            SentKnock sent = knock.target().isPresent() ? knock.target().get().knock() : initiate(knock, aim);
            return new StoredKnock.Target(
                    certificate.account(),
                    invitation.name(),
                    invitation.addresses().list(),
                    sent);
        } catch (WireException | HandshakeException unusable) {
            throw new ApiException(new ApiError.Failed(UNUSABLE));
        }
    }

    private SentKnock initiate(StoredKnock knock, KnockTarget target) throws HandshakeException {
        KnockPayload payload =
                new KnockPayload(profile.name(), knock.wish().greeting(), Addresses.firstOf(profile.addresses()));
        return handshake.initiate(
                parts.account().handshakeIdentity(),
                target,
                payload,
                parts.loop().random());
    }

    private static InvitationCode parse(String code) {
        try {
            return InvitationCode.parse(code);
        } catch (WireException mistyped) {
            throw new ApiException(new ApiError.BadCode(String.valueOf(mistyped.getMessage())));
        }
    }
}

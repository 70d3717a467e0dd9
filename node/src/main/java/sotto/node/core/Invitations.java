package sotto.node.core;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.InvitationTerms;
import sotto.node.contact.InvitationBook;
import sotto.node.contact.StoredInvitation;
import sotto.node.directory.DirectoryKey;
import sotto.node.directory.InvitationCode;
import sotto.node.directory.InvitationSecret;
import sotto.node.ratchet.Prekeys;

/** Makes, revokes and forgets invitations. Confined to the node loop. */
final class Invitations {
    private final Store store;
    private final Feed feed;
    private final Crypto crypto;
    private final EventLoop loop;
    private final InvitationBook book;
    private final Erasure erasure;

    Invitations(Parts parts, Erasure erasure) {
        this.store = parts.store();
        this.feed = parts.feed();
        this.crypto = parts.crypto();
        this.loop = parts.loop();
        this.book = parts.books().invitations();
        this.erasure = erasure;
    }

    /** Makes an invitation whose code carries {@code hints}; completes once it is durable. */
    CompletionStage<StoredInvitation> invite(InvitationTerms terms, List<Multiaddr> hints) {
        String label =
                terms.label().isBlank() ? book.freeLabel() : terms.label().strip();
        if (book.find(label).isPresent()) {
            throw new ApiException(new ApiError.NotAllowed("there is an invitation with this label already"));
        }
        if (Bytes.utf8(label).size() > InvitationBook.LABEL_BYTES_MAX) {
            throw new ApiException(new ApiError.BadArgument("a label has at most 64 bytes"));
        }
        if (book.isFull()) {
            throw new ApiException(new ApiError.NotAllowed("there are too many invitations"));
        }
        DirectoryKey directory = DirectoryKey.generate(crypto, loop.random());
        StoredInvitation.Keys keys = new StoredInvitation.Keys(
                directory.locator(crypto),
                InvitationSecret.generate(loop.random()),
                directory,
                Prekeys.generate(crypto, loop.random()));
        String code = new InvitationCode(keys.locator(), keys.secret(), hints).text();
        Instant now = loop.clock().instant();
        StoredInvitation.Terms kept = new StoredInvitation.Terms(terms.uses(), now, now.plus(terms.lifetime()));
        return save(new StoredInvitation(label, code, kept, StoredInvitation.Use.NONE, keys));
    }

    CompletionStage<StoredInvitation> revoke(String label) {
        StoredInvitation invitation = book.find(label)
                .orElseThrow(() -> new ApiException(new ApiError.NoSuchInvitation("no invitation has this label")));
        return save(invitation.revoked());
    }

    /** Forgets invitations that expired long ago, and owes that they are erased: their prekeys open recorded knocks. */
    CompletionStage<Boolean> forgetOld() {
        Instant now = loop.clock().instant();
        if (!book.hasForgettable(now)) {
            return CompletableFuture.completedFuture(false);
        }
        return store.write(transaction -> {
            book.forget(transaction, now);
            erasure.owe(transaction);
            return true;
        });
    }

    private CompletionStage<StoredInvitation> save(StoredInvitation invitation) {
        return store.write(transaction -> {
            book.put(transaction, invitation);
            feed.record(transaction, new StoredEvent.OfInvitation(false, invitation.label()));
            return invitation;
        });
    }
}

package sotto.node.core;

import java.util.Optional;
import java.util.function.Consumer;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.AccountId;
import sotto.node.api.Invitation;
import sotto.node.contact.ContactBook;
import sotto.node.contact.InvitationBook;
import sotto.node.contact.StoredContact;
import sotto.node.contact.StoredInvitation;
import sotto.node.identity.Account;
import sotto.node.ratchet.KnockHandshake;
import sotto.node.ratchet.KnockOutcome;
import sotto.node.ratchet.KnockRecipient;
import sotto.node.vault.Transaction;
import sotto.node.wire.KnockBlock;

/**
 * Lets in who knocks with an invitation of ours. The knocker learns nothing here: the transport has given its constant answer
 * before this looks at the block. Confined to the node loop.
 */
final class Intake {
    private final Store store;
    private final Feed feed;
    private final Crypto crypto;
    private final EventLoop loop;
    private final Account account;
    private final Books books;
    private final ContactBook contacts;
    private final InvitationBook invitations;
    private final Contacts newcomers;
    private final KnockHandshake handshake;
    private final Consumer<StoredContact> onAdmitted;

    /** {@code onAdmitted} hears of everybody who was let in, once that is durable. */
    Intake(Parts parts, Contacts newcomers, Consumer<StoredContact> onAdmitted) {
        this.onAdmitted = onAdmitted;
        this.store = parts.store();
        this.feed = parts.feed();
        this.crypto = parts.crypto();
        this.loop = parts.loop();
        this.account = parts.account();
        this.books = parts.books();
        this.contacts = parts.books().contacts();
        this.invitations = parts.books().invitations();
        this.newcomers = newcomers;
        this.handshake = new KnockHandshake(crypto);
    }

    /** Looks at a block that somebody sent; whatever it is, nothing is answered. */
    void onKnock(Bytes bytes) {
        KnockBlock block;
        try {
            block = KnockBlock.decode(bytes);
        } catch (WireException noKnock) {
            return;
        }
        Optional<StoredInvitation> invitation = invitations.find(block.offer().locator());
        boolean isNew = !store.read(tables -> invitations.wasConsumed(tables, block.offer()));
        if (invitation.isPresent() && isNew) {
            open(invitation.get(), block)
                    .match(
                            opened -> {
                                judge(invitation.get(), block.offer(), opened);
                                return true;
                            },
                            refused -> false);
        }
    }

    private KnockOutcome open(StoredInvitation invitation, KnockBlock block) {
        StoredInvitation.Keys keys = invitation.keys();
        try (SecretBytes knockKey = keys.secret().knockKey(crypto, keys.locator())) {
            KnockRecipient recipient =
                    new KnockRecipient(keys.locator(), account.handshakeIdentity(), keys.prekeys(), knockKey);
            return handshake.accept(recipient, block);
        }
    }

    /** An existing contact is known by its pair root alone: a knock in its name changes nothing, blocked or not. */
    private void judge(StoredInvitation invitation, KnockBlock.Offer offer, KnockOutcome.Opened knock) {
        AccountId sender = knock.sender().id(crypto);
        if (contacts.find(sender).isPresent() || books.areContactsFull()) {
            return;
        }
        Invitation.State state = invitation.state(loop.clock().instant());
        if (state == Invitation.State.OPEN) {
            store.write(transaction -> admit(transaction, invitation, offer, knock))
                    .thenAccept(onAdmitted);
        } else if (state == Invitation.State.USED_UP && !invitation.use().isLeaked()) {
            store.write(transaction -> {
                invitations.put(transaction, invitation.leaked());
                feed.record(transaction, new StoredEvent.OfInvitation(true, invitation.label()));
                return true;
            });
        }
    }

    private StoredContact admit(
            Transaction transaction, StoredInvitation invitation, KnockBlock.Offer offer, KnockOutcome.Opened knock) {
        invitations.consume(transaction, offer);
        invitations.put(transaction, invitation.used());
        feed.record(transaction, new StoredEvent.OfInvitation(false, invitation.label()));
        StoredContact contact = newcomers.add(
                transaction,
                new Contacts.Newcomer(
                        knock.sender(),
                        "",
                        knock.payload().name(),
                        invitation.label(),
                        knock.pairRoot(),
                        knock.payload().addresses().list()));
        newcomers.greet(
                transaction,
                contact,
                new Contacts.Greeting(
                        knock.id(),
                        false,
                        loop.clock().instant(),
                        knock.payload().greeting()));
        return contact;
    }
}

package sotto.node.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.AccountId;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.DisplayName;
import sotto.node.api.Event;
import sotto.node.api.MessageId;
import sotto.node.api.MessageState;
import sotto.node.contact.ContactBook;
import sotto.node.contact.KnockBook;
import sotto.node.contact.StoredContact;
import sotto.node.contact.StoredKnock;
import sotto.node.conversation.Conversations;
import sotto.node.identity.SafetyNumber;
import sotto.node.vault.Transaction;
import sotto.node.wire.AccountKeys;

/** Makes, changes and forgets contacts, with everything that belongs to one. Confined to the node loop. */
final class Contacts {
    static final String TOO_MANY = "there are too many contacts";

    private final Store store;
    private final Feed feed;
    private final Crypto crypto;
    private final EventLoop loop;
    private final AccountId own;
    private final ContactBook book;
    private final KnockBook knocks;
    private final Correspondence correspondence;
    private final Erasure erasure;

    Contacts(Parts parts, Correspondence correspondence, Erasure erasure) {
        this.store = parts.store();
        this.feed = parts.feed();
        this.crypto = parts.crypto();
        this.loop = parts.loop();
        this.own = parts.own();
        this.book = parts.books().contacts();
        this.knocks = parts.books().knocks();
        this.correspondence = correspondence;
        this.erasure = erasure;
    }

    /** Somebody about to become a contact. */
    record Newcomer(
            AccountKeys keys,
            String localName,
            String announcedName,
            String invitationLabel,
            SecretBytes pairRoot,
            List<Multiaddr> addresses) {}

    /** What was said in a knock, and by whom. */
    record Greeting(MessageId id, boolean isMine, Instant at, String text) {}

    StoredContact add(Transaction transaction, Newcomer newcomer) {
        AccountId id = newcomer.keys().id(crypto);
        DisplayName announced = DisplayName.of(newcomer.announcedName());
        DisplayName wanted = newcomer.localName().isEmpty() ? announced : DisplayName.of(newcomer.localName());
        StoredContact contact = new StoredContact(
                book.nextNumber(transaction),
                new StoredContact.Person(
                        id,
                        newcomer.keys(),
                        SafetyNumber.of(own, id).digits(),
                        loop.clock().instant()),
                new StoredContact.Names(
                        book.uniqueName(wanted, id).toString(), announced.toString(), newcomer.invitationLabel()),
                StoredContact.Marks.NONE,
                List.of(newcomer.pairRoot()),
                newcomer.addresses());
        book.put(transaction, contact);
        correspondence.begin(transaction, contact.number());
        feed.record(transaction, new StoredEvent.OfContact(false, contact.number()));
        return contact;
    }

    /** Stores the words of a knock, where there are any, as the first message. */
    void greet(Transaction transaction, StoredContact contact, Greeting greeting) {
        if (!greeting.text().isEmpty()) {
            MessageState arrived = new MessageState.Delivered(loop.clock().instant());
            correspondence.storeAndTell(
                    transaction,
                    contact.number(),
                    new Conversations.Draft(greeting.id(), greeting.isMine(), greeting.at(), arrived, greeting.text()));
        }
    }

    /**
     * Whom we knocked at recognised us, by {@code root}: the knock's own, so we were accepted, or an older one, so we are
     * contacts still. Completes once the knock is settled; the contact need not share {@code root} then: see {@link #renewed}.
     */
    CompletionStage<StoredContact> accepted(StoredKnock knock, StoredKnock.Target target, SecretBytes root) {
        if (book.find(target.id(crypto)).isEmpty() && !book.hasRoomFor(1)) {
            return CompletableFuture.failedFuture(new ApiException(new ApiError.NotAllowed(TOO_MANY)));
        }
        return store.write(transaction -> {
            StoredContact contact = book.find(target.id(crypto))
                    .map(known -> renewed(transaction, known, knock, root))
                    .orElseGet(() -> addKnocked(transaction, knock, target));
            knocks.remove(transaction, knock.id());
            feed.record(transaction, new StoredEvent.KnockEnd(knock.id(), Optional.of(contact.number()), ""));
            return contact;
        });
    }

    /**
     * A new root for somebody who is a contact by now. Only where the two knocked at each other at the same time: otherwise
     * whoever stole an account key could hand out a code and step into a contact's place, verified mark and all.
     */
    private StoredContact renewed(Transaction transaction, StoredContact known, StoredKnock knock, SecretBytes root) {
        boolean isRace = knock.since().isBefore(known.since()) && !known.isVerified();
        if (known.pairRoots().contains(root) || !isRace) {
            return known;
        }
        StoredContact contact = known.sharing(root);
        book.put(transaction, contact);
        correspondence.begin(transaction, contact.number());
        feed.record(transaction, new StoredEvent.OfContact(true, contact.number()));
        return contact;
    }

    private StoredContact addKnocked(Transaction transaction, StoredKnock knock, StoredKnock.Target target) {
        Newcomer newcomer = new Newcomer(
                target.account(),
                knock.wish().localName(),
                target.name(),
                "",
                target.knock().pairRoot(),
                // Of hints it is not known whose they are; the inviter's own are in the record.
                target.addresses());
        StoredContact contact = add(transaction, newcomer);
        greet(
                transaction,
                contact,
                new Greeting(
                        target.knock().id(), true, knock.since(), knock.wish().greeting()));
        return contact;
    }

    CompletionStage<StoredContact> change(StoredContact contact) {
        return store.write(transaction -> {
            book.put(transaction, contact);
            feed.record(transaction, new StoredEvent.OfContact(true, contact.number()));
            return contact;
        });
    }

    /** Learns where a contact listens now; nothing is told. */
    CompletionStage<StoredContact> moved(StoredContact contact) {
        return store.write(transaction -> {
            book.put(transaction, contact);
            return contact;
        });
    }

    CompletionStage<StoredContact> rename(StoredContact contact, DisplayName name) {
        if (!book.uniqueName(name, contact.id()).equals(name)) {
            throw new ApiException(
                    new ApiError.NotAllowed("this name can be taken for another contact's, for an id or for yourself"));
        }
        return change(contact.named(name.toString()));
    }

    /** Completes once nothing of the contact, its messages or its keys can be recovered from the files. */
    CompletionStage<StoredContact> remove(StoredContact contact) {
        CompletionStage<StoredContact> removed = store.write(transaction -> {
            correspondence.drop(transaction, contact.number());
            book.remove(transaction, contact.id());
            erasure.owe(transaction);
            feed.record(transaction, new StoredEvent.Removal(), new Event.ContactRemoved(contact.id()));
            return contact;
        });
        return removed.thenCompose(gone -> erasure.settle().thenApply(erased -> gone));
    }

    StoredContact get(AccountId id) {
        return book.find(id).orElseThrow(() -> new ApiException(new ApiError.NoSuchContact("no contact has this id")));
    }

    StoredContact find(String word) {
        List<StoredContact> found = book.search(word);
        if (found.isEmpty()) {
            throw new ApiException(new ApiError.NoSuchContact("no contact is called that"));
        }
        if (found.size() > 1) {
            String who = found.stream()
                    .limit(Views.LOOKALIKES_MAX)
                    .map(contact -> DisplayName.of(contact.names().local()) + " "
                            + contact.id().start())
                    .collect(Collectors.joining(", "));
            throw new ApiException(
                    new ApiError.NoSuchContact(found.size() + " contacts can be meant, say which by its id: " + who));
        }
        return found.get(0);
    }
}

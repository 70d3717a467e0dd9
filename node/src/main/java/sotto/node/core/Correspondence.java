package sotto.node.core;

import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.MessageId;
import sotto.node.api.MessageState;
import sotto.node.contact.ContactNumber;
import sotto.node.conversation.Conversations;
import sotto.node.conversation.StoredMessage;
import sotto.node.delivery.Envelope;
import sotto.node.delivery.Inbox;
import sotto.node.delivery.Outbox;
import sotto.node.vault.Tables;
import sotto.node.vault.Transaction;
import sotto.node.wire.SessionMessage;

/**
 * Messages on their way between conversation, outbox and inbox: each step is one transaction, so a message is written down
 * and queued together, and received and counted together. Confined to the node loop.
 */
final class Correspondence {
    /** Pages that texts received and not yet durable may change: a commit of the vault takes 32,768, and closes beyond. */
    private static final int PAGES_UNDER_WAY_MAX = 24_576;

    /** What a text changes beside the pages that it fills: its place, its id, the counters. */
    private static final int PAGES_PER_TEXT = 4;

    private static final int PAGE_BYTES = 4_096;

    private final Store store;
    private final Feed feed;
    private final EventLoop loop;
    private final Conversations conversations;
    private final Outbox outbox = new Outbox();
    private final Inbox inbox = new Inbox();

    // Counters up to which envelopes are durable, of contacts that were written to since the start; of others, all are.
    private final Map<ContactNumber, Long> durableUpTo = new HashMap<>();

    private int pagesUnderWay;

    Correspondence(Store store, Feed feed, EventLoop loop, Conversations conversations) {
        this.store = store;
        this.feed = feed;
        this.loop = loop;
        this.conversations = conversations;
    }

    /** How many texts of ours are not yet known to have arrived at a contact. */
    int waiting(ContactNumber contact) {
        return Math.toIntExact(store.read(tables -> outbox.count(tables, contact)));
    }

    /** The name of our present stream to a contact. */
    Bytes incarnation(ContactNumber contact) {
        return store.read(tables -> outbox.incarnation(tables, contact));
    }

    /** The last counter that a contact is known to have, of our present stream to it. */
    long acknowledgedUpTo(Tables tables, ContactNumber contact) {
        return outbox.acknowledgedUpTo(tables, contact);
    }

    /**
     * Envelopes that may be sent: those that are durable. One sent before could be lost here by a crash, its counter used again
     * for another, and that other one be taken for a duplicate there.
     */
    List<Envelope> sendable(Tables tables, ContactNumber contact, long after, int limit) {
        long durable = durableUpTo.getOrDefault(contact, Long.MAX_VALUE);
        return outbox.waiting(tables, contact, after, limit).stream()
                .filter(envelope -> envelope.counter() <= durable)
                .toList();
    }

    /** Writes a text of ours down and queues it; completes once that is durable. */
    CompletionStage<StoredMessage> write(ContactNumber contact, String text) {
        Instant now = loop.clock().instant();
        MessageId id = newId();
        Conversations.Draft draft = new Conversations.Draft(id, true, now, new MessageState.Queued(), text);
        return store.write(transaction -> {
            Envelope envelope = outbox.add(transaction, contact, id, now, text);
            durableUpTo.putIfAbsent(contact, envelope.counter() - 1);
            Bytes incarnation = outbox.incarnation(transaction, contact);
            transaction.afterCommit(() -> onDurable(contact, incarnation, envelope.counter()));
            return storeAndTell(transaction, contact, draft);
        });
    }

    /** Numbers of a stream that was begun anew meanwhile say nothing of the present one. */
    private void onDurable(ContactNumber contact, Bytes incarnation, long counter) {
        boolean isPresent = store.read(tables -> outbox.isPresent(tables, contact, incarnation));
        if (isPresent) {
            durableUpTo.put(contact, counter);
        }
    }

    /** Stores a message that needs no queue: a greeting that travelled in a knock. */
    StoredMessage storeAndTell(Transaction transaction, ContactNumber contact, Conversations.Draft draft) {
        StoredMessage stored = conversations.store(transaction, contact, draft);
        feed.record(transaction, new StoredEvent.OfMessage(false, contact, stored.position()));
        return stored;
    }

    /**
     * Takes in a received text, if it is the next. Completes once that is durable with the counter up to which everything of
     * its incarnation is here, which may then be acknowledged; fails, and nothing is stored, where texts come faster than the
     * disk takes them.
     */
    CompletionStage<Long> receive(ContactNumber contact, SessionMessage.Text text) {
        int pages = PAGES_PER_TEXT + Bytes.utf8(text.text()).size() / PAGE_BYTES;
        if (pagesUnderWay + pages > PAGES_UNDER_WAY_MAX) {
            return CompletableFuture.failedFuture(new ApiException(new ApiError.Failed("the disk is too slow")));
        }
        pagesUnderWay += pages;
        return take(contact, text).whenComplete((upTo, failure) -> pagesUnderWay -= pages);
    }

    private CompletionStage<Long> take(ContactNumber contact, SessionMessage.Text text) {
        return store.write(transaction -> {
            Inbox.Arrival arrival = inbox.receive(transaction, contact, text.incarnation(), text.counter());
            // A new incarnation counts anew, so the id tells what is known from the old one.
            if (arrival == Inbox.Arrival.NEXT
                    && conversations.find(transaction, text.id()).isEmpty()) {
                storeAndTell(transaction, contact, received(text));
            }
            return inbox.receivedUpTo(transaction, contact, text.incarnation());
        });
    }

    /**
     * The other end says that it has everything up to here; completes once that is durable. Where it cannot be, one of the two
     * was put back to an older state, and a new incarnation has begun that brings what waits.
     */
    CompletionStage<Outbox.Standing> acknowledged(
            ContactNumber contact, SessionMessage.Acknowledgement acknowledgement) {
        Outbox.Standing now = store.read(
                tables -> outbox.standing(tables, contact, acknowledgement.incarnation(), acknowledgement.counter()));
        if (now == Outbox.Standing.NOTHING_NEW) {
            // No reason to wait for the disk, however often it is said.
            return CompletableFuture.completedFuture(now);
        }
        return store.write(transaction -> {
            Outbox.Standing standing =
                    outbox.standing(transaction, contact, acknowledgement.incarnation(), acknowledgement.counter());
            if (standing == Outbox.Standing.FITS) {
                deliver(transaction, contact, acknowledgement.counter());
            } else if (standing == Outbox.Standing.ASTRAY) {
                begin(transaction, contact);
            }
            return standing;
        });
    }

    private void deliver(Transaction transaction, ContactNumber contact, long counter) {
        MessageState delivered = new MessageState.Delivered(loop.clock().instant());
        for (Envelope envelope : outbox.acknowledge(transaction, contact, counter)) {
            conversations
                    .change(transaction, envelope.id(), delivered)
                    .ifPresent(message ->
                            feed.record(transaction, new StoredEvent.OfMessage(true, contact, message.position())));
        }
    }

    /** Begins the books of a new or renewed contact. */
    void begin(Transaction transaction, ContactNumber contact) {
        long last = outbox.begin(transaction, contact, loop.random());
        durableUpTo.put(contact, 0L);
        Bytes incarnation = outbox.incarnation(transaction, contact);
        transaction.afterCommit(() -> onDurable(contact, incarnation, last));
    }

    /** Forgets everything said with a contact. */
    void drop(Transaction transaction, ContactNumber contact) {
        outbox.drop(transaction, contact);
        inbox.drop(transaction, contact);
        conversations.drop(transaction, contact);
        durableUpTo.remove(contact);
    }

    private Conversations.Draft received(SessionMessage.Text text) {
        Instant sentAt = Instant.ofEpochMilli(text.sentAtMillis());
        MessageState arrived = new MessageState.Delivered(loop.clock().instant());
        return new Conversations.Draft(text.id(), false, sentAt, arrived, text.text());
    }

    private MessageId newId() {
        byte[] id = new byte[MessageId.SIZE_BYTES];
        loop.random().nextBytes(id);
        return new MessageId(HexFormat.of().formatHex(id));
    }
}

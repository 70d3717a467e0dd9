package sotto.node.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.Event;
import sotto.node.api.FeedEvent;
import sotto.node.vault.Row;
import sotto.node.vault.Table;
import sotto.node.vault.Transaction;
import sotto.node.vault.Vault;

/**
 * The feed of events: numbers and keeps what is durable, and tells subscribers only after the commit. Confined to the node
 * loop.
 */
final class Feed {
    private static final System.Logger LOG = System.getLogger(Feed.class.getName());
    private static final String EVENTS = "events";

    /** Stored events told in one turn of the loop, so that whoever asks for all of them does not keep the others waiting. */
    static final int EVENTS_PER_TURN = 256;

    private final Vault vault;
    private final EventLoop loop;
    private final Telling telling;
    private final int eventsKeptMax;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private long lastSequence;
    private long durableSequence;

    /** Turns a stored event into what the API tells; empty where its subject is gone. */
    interface Telling {
        Optional<Event> tell(StoredEvent event);
    }

    /** {@code eventsKeptMax}: older events than this many are forgotten. */
    Feed(Vault vault, EventLoop loop, Telling telling, int eventsKeptMax) {
        this.eventsKeptMax = eventsKeptMax;
        this.vault = vault;
        this.loop = loop;
        this.telling = telling;
        lastSequence = vault.read(tables -> tables.table(EVENTS).descending(key(0), key(Long.MAX_VALUE), 1)).stream()
                .map(entry -> sequence(entry.key()))
                .findFirst()
                .orElse(0L);
        durableSequence = lastSequence;
    }

    /** The sequence of the newest event that is durable. */
    long durableSequence() {
        return durableSequence;
    }

    /** Stores an event with the transaction that caused it; it is told once that is durable. */
    void record(Transaction transaction, StoredEvent event) {
        append(
                transaction,
                event,
                stored -> telling.tell(event)
                        .ifPresent(told -> publish(new FeedEvent(stored.sequence, stored.at, told), false)));
    }

    /** The same where the event as stored does not say what it was about: {@code told} is for present subscribers alone. */
    void record(Transaction transaction, StoredEvent event, Event told) {
        append(transaction, event, stored -> publish(new FeedEvent(stored.sequence, stored.at, told), true));
    }

    /** Where and when an event was stored. */
    private record Place(long sequence, Instant at) {}

    private void append(Transaction transaction, StoredEvent event, Consumer<Place> onDurable) {
        long sequence = ++lastSequence;
        Instant at = loop.clock().instant();
        transaction.table(EVENTS).put(key(sequence), event.toRow(at.toEpochMilli()));
        transaction.table(EVENTS).remove(key(sequence - eventsKeptMax));
        transaction.afterCommit(() -> {
            durableSequence = sequence;
            onDurable.accept(new Place(sequence, at));
        });
    }

    /** Tells an event of the moment. */
    void tell(Event event) {
        publish(new FeedEvent(FeedEvent.TRANSIENT, loop.clock().instant(), event), true);
    }

    /** Tells {@code consumer} everything durable after {@code since}, some in every turn, then everything to come. */
    Subscriber subscribe(long since, Consumer<FeedEvent> consumer) {
        Subscriber subscriber = new Subscriber(consumer, since);
        subscribers.add(subscriber);
        catchUp(subscriber);
        return subscriber;
    }

    /** The last that anybody is told. */
    void end(String reason) {
        tell(new Event.FeedEnded(reason));
        subscribers.clear();
    }

    void unsubscribe(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    private void catchUp(Subscriber subscriber) {
        if (!subscribers.contains(subscriber)) {
            return;
        }
        if (subscriber.toldUpTo >= durableSequence) {
            subscriber.hasCaughtUp = true;
            return;
        }
        Bytes from = key(subscriber.toldUpTo + 1);
        List<Table.Entry> rows =
                vault.read(tables -> tables.table(EVENTS).ascending(from, key(durableSequence + 1), EVENTS_PER_TURN));
        boolean isAll = rows.size() < EVENTS_PER_TURN;
        subscriber.toldUpTo =
                isAll ? durableSequence : sequence(rows.get(rows.size() - 1).key());
        rows.forEach(row -> event(row).ifPresent(event -> tell(subscriber, event)));
        loop.execute(() -> catchUp(subscriber));
    }

    private Optional<FeedEvent> event(Table.Entry row) {
        return Row.decode(row.value(), reader -> {
            Instant at = Instant.ofEpochMilli(reader.u64());
            return telling.tell(StoredEvent.fromRow(reader)).map(told -> new FeedEvent(sequence(row.key()), at, told));
        });
    }

    /**
     * Whoever has not caught up will read the event from the vault, in its turn; where it cannot ({@code isOnlyNow}) it is told
     * at once, without the number that is not its turn yet.
     */
    private void publish(FeedEvent event, boolean isOnlyNow) {
        for (Subscriber subscriber : List.copyOf(subscribers)) {
            if (subscriber.hasCaughtUp) {
                tell(subscriber, event);
            } else if (isOnlyNow) {
                tell(subscriber, new FeedEvent(FeedEvent.TRANSIENT, event.at(), event.event()));
            }
        }
    }

    private void tell(Subscriber subscriber, FeedEvent event) {
        try {
            subscriber.consumer.accept(event);
        } catch (RuntimeException bug) {
            // One subscriber's bug must not keep the others, or the commit that told them, from going on.
            LOG.log(System.Logger.Level.ERROR, "a subscriber failed and is dropped", bug);
            subscribers.remove(subscriber);
        }
    }

    private static Bytes key(long sequence) {
        return new ByteWriter().u64(Math.max(sequence, 0)).toBytes();
    }

    private static long sequence(Bytes key) {
        return Row.decode(key, ByteReader::u64);
    }

    /** Somebody who listens. */
    static final class Subscriber {
        private final Consumer<FeedEvent> consumer;
        private long toldUpTo;
        private boolean hasCaughtUp;

        private Subscriber(Consumer<FeedEvent> consumer, long toldUpTo) {
            this.consumer = consumer;
            this.toldUpTo = toldUpTo;
        }
    }
}

package sotto.node.core;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.contact.ContactNumber;
import sotto.node.delivery.Envelope;
import sotto.node.delivery.Outbox;
import sotto.node.session.Session;
import sotto.node.vault.Tables;
import sotto.node.wire.SessionMessage;

/**
 * A live session with one contact: pumps the outbox into it, takes texts out of it and acknowledges them once they are durable.
 * Confined to the node loop.
 */
final class Link {
    /** Texts sent and not yet acknowledged; the rest wait in the vault. */
    static final int UNACKNOWLEDGED_MAX = 1_000;

    /** Texts handed to the stream at once, in their UTF-8 bytes: well below what a stream may have queued. */
    private static final int BATCH_BYTES_MAX = 128 * 1024;

    private static final int BATCH_TEXTS_MAX = 64;

    private static final Bytes NO_INCARNATION = Bytes.owning(new byte[SessionMessage.INCARNATION_BYTES]);

    private final ContactNumber contact;
    private final Session session;
    private final Correspondence correspondence;
    private final Store store;
    private final EventLoop loop;
    private long sentUpTo;
    private boolean isPumping;
    private boolean isAcknowledgementDue;
    private boolean hasBegunAnew;
    private SessionMessage.Acknowledgement acknowledgement = new SessionMessage.Acknowledgement(NO_INCARNATION, 0);

    Link(ContactNumber contact, Session session, Correspondence correspondence, Store store, EventLoop loop) {
        this.contact = contact;
        this.session = session;
        this.correspondence = correspondence;
        this.store = store;
        this.loop = loop;
    }

    Session session() {
        return session;
    }

    void say(SessionMessage message) {
        session.send(message);
    }

    /** Sends what waits and is durable, as far as window and stream allow; goes on by itself. */
    void pump() {
        if (isPumping || !session.isReady()) {
            return;
        }
        List<Envelope> waiting = store.read(this::sendable);
        if (waiting.isEmpty()) {
            return;
        }
        isPumping = true;
        send(waiting)
                .whenComplete((nothing, failure) -> loop.execute(() -> {
                    isPumping = false;
                    if (failure == null) {
                        pump();
                    }
                }));
    }

    /**
     * The other end acknowledges what it has, whichever session brought it, so both ends of the window move with what the vault
     * says and not with what this session sent.
     */
    private List<Envelope> sendable(Tables tables) {
        long acknowledgedUpTo = correspondence.acknowledgedUpTo(tables, contact);
        sentUpTo = Math.max(sentUpTo, acknowledgedUpTo);
        long window = acknowledgedUpTo + UNACKNOWLEDGED_MAX - sentUpTo;
        int limit = (int) Math.min(window, BATCH_TEXTS_MAX);
        return limit > 0 ? correspondence.sendable(tables, contact, sentUpTo, limit) : List.of();
    }

    private CompletionStage<Void> send(List<Envelope> envelopes) {
        Bytes incarnation = correspondence.incarnation(contact);
        CompletionStage<Void> last = CompletableFuture.completedFuture(null);
        int batchBytes = 0;
        for (Envelope envelope : envelopes) {
            if (batchBytes >= BATCH_BYTES_MAX) {
                break;
            }
            batchBytes += Bytes.utf8(envelope.text()).size();
            sentUpTo = envelope.counter();
            last = session.send(new SessionMessage.Text(
                    envelope.id(),
                    incarnation,
                    envelope.counter(),
                    envelope.sentAt().toEpochMilli(),
                    envelope.text()));
        }
        return last;
    }

    /** A text came: stored and counted, then acknowledged. */
    void onText(SessionMessage.Text text) {
        correspondence.receive(contact, text).whenComplete((upTo, failure) -> {
            if (failure == null) {
                acknowledge(new SessionMessage.Acknowledgement(text.incarnation(), upTo));
            } else {
                session.close();
            }
        });
    }

    /** Commits end in order, so all before is durable too; what became durable together is acknowledged by one message. */
    private void acknowledge(SessionMessage.Acknowledgement next) {
        acknowledgement = next;
        if (!isAcknowledgementDue) {
            isAcknowledgementDue = true;
            loop.execute(() -> {
                isAcknowledgementDue = false;
                session.send(acknowledgement);
            });
        }
    }

    /** Completes with what it was worth, once that is durable; by then another session may be there instead. */
    CompletionStage<Outbox.Standing> onAcknowledgement(SessionMessage.Acknowledgement received) {
        return correspondence.acknowledged(contact, received).whenComplete((standing, failure) -> {
            if (standing == Outbox.Standing.ASTRAY) {
                beginAnew();
            } else if (failure == null) {
                pump();
            }
        });
    }

    /** An honest contact is put back at most once while a session lasts; one that says so again only makes us work. */
    private void beginAnew() {
        if (hasBegunAnew) {
            session.close();
        } else {
            hasBegunAnew = true;
            restart();
        }
    }

    /** The stream of envelopes begins anew: what waits of it was not sent yet. */
    void restart() {
        sentUpTo = 0;
        pump();
    }
}

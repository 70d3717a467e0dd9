package sotto.node.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.Stream;
import sotto.node.api.ContactPath;
import sotto.node.api.Event;
import sotto.node.contact.ContactNumber;
import sotto.node.contact.RecognitionTags;
import sotto.node.contact.StoredContact;
import sotto.node.delivery.Outbox;
import sotto.node.session.Session;
import sotto.node.session.SessionBinding;
import sotto.node.wire.SessionMessage;

/** The live sessions, one per contact. Confined to the node loop. */
final class Links implements Views.Paths {
    private final Parts parts;
    private final Profiles profiles;
    private final Correspondence correspondence;
    private final Supplier<SessionMessage.Profile> profile;
    private final Map<ContactNumber, Link> links = new HashMap<>();
    private final Set<Session> sessions = new HashSet<>();
    private boolean isStopped;
    private Consumer<StoredContact> onUp = contact -> {};
    private Consumer<StoredContact> onDown = contact -> {};

    /** {@code profile} says what we call ourselves and where we listen now. */
    Links(Parts parts, Contacts contacts, Correspondence correspondence, Supplier<SessionMessage.Profile> profile) {
        this.parts = parts;
        this.profiles = new Profiles(parts, contacts);
        this.correspondence = correspondence;
        this.profile = profile;
    }

    /** Who wants to know when a contact comes and goes. */
    void watch(Consumer<StoredContact> up, Consumer<StoredContact> down) {
        onUp = up;
        onDown = down;
    }

    /**
     * Begins a session with whom recognition found, over {@code stream}.
     *
     * @return completes with true once the contact is here, with false where the session ended before
     */
    CompletionStage<Boolean> begin(Stream stream, RecognitionTags.Recognised who, boolean isOpener) {
        Optional<StoredContact> contact =
                parts.books().contacts().find(who.contact()).filter(known -> known.isKnownBy(who.pairRoot()));
        if (contact.isEmpty() || isStopped) {
            stream.reset();
            return CompletableFuture.completedFuture(false);
        }
        SessionBinding binding = new SessionBinding(
                who.pairRoot(), stream.connection().handshakeHash(), parts.own(), who.contact(), isOpener);
        Watching watching = new Watching(contact.get().number());
        sessions.add(Session.begin(parts.crypto(), binding, stream, parts.loop(), watching));
        return watching.isHere;
    }

    boolean isUp(ContactNumber contact) {
        return links.containsKey(contact);
    }

    /** True if a session runs over {@code connection}, or begins to. */
    boolean areOver(Connection connection) {
        return sessions.stream().anyMatch(session -> session.stream().connection() == connection);
    }

    /** Sends what waits for a contact, if it is here. */
    void pump(ContactNumber contact) {
        Optional.ofNullable(links.get(contact)).ifPresent(Link::pump);
    }

    /** Ends the session with a contact and its connection. */
    void close(ContactNumber contact) {
        Optional.ofNullable(links.get(contact)).ifPresent(Links::end);
    }

    /** Ends all sessions, those that shake hands included; none begins any more. */
    void stop() {
        isStopped = true;
        onDown = contact -> {};
        profiles.stop();
        List.copyOf(sessions).forEach(Session::close);
    }

    @Override
    public ContactPath path(ContactNumber contact) {
        return Optional.ofNullable(links.get(contact))
                .map(link -> path(link.session().stream().connection()))
                .orElse(ContactPath.OFFLINE);
    }

    private static ContactPath path(Connection connection) {
        return connection.remoteAddress().isPrivate() ? ContactPath.LAN : ContactPath.DIRECT;
    }

    private void adopt(ContactNumber contact, Session session) {
        Link fresh = new Link(contact, session, correspondence, parts.store(), parts.loop());
        Optional<StoredContact> present = find(contact).filter(found -> !found.isBlocked());
        if (present.isEmpty()) {
            // Removed or blocked while the two ends shook hands: there was no link then that could be closed.
            end(fresh);
            return;
        }
        Link known = links.get(contact);
        if (known != null && isBetter(known, fresh, contact)) {
            end(fresh);
            // The stream of envelopes may have begun anew meanwhile; what is sent twice is taken once.
            known.restart();
            return;
        }
        links.put(contact, fresh);
        // This one of a contact's connections and no other: else a contact could have all the places there are.
        fresh.session().stream().connection().keep();
        if (known != null && isSameConnection(known, fresh)) {
            known.session().close();
        } else if (known != null) {
            end(known);
        }
        fresh.say(profile.get());
        fresh.pump();
        parts.feed().tell(new Event.PathChanged(present.get().id(), path(contact)));
        onUp.accept(present.get());
    }

    /**
     * Both ends must keep the same one of two sessions: the one whose connection the smaller account id dialled. An older one
     * to another host key is with a process that is no more.
     */
    private boolean isBetter(Link known, Link fresh, ContactNumber contact) {
        Connection old = known.session().stream().connection();
        Connection young = fresh.session().stream().connection();
        boolean isSameProcess = old.remotePeer().equals(young.remotePeer());
        return isSameProcess && isPreferred(old, contact) && !isPreferred(young, contact);
    }

    private boolean isPreferred(Connection connection, ContactNumber contact) {
        boolean isOwnSmaller = find(contact)
                .map(found -> parts.own().compareTo(found.id()) < 0)
                .orElse(false);
        return connection.isInitiator() == isOwnSmaller;
    }

    private static boolean isSameConnection(Link one, Link other) {
        return one.session().stream().connection() == other.session().stream().connection();
    }

    private static void end(Link link) {
        link.session().close();
        link.session().stream().connection().close();
    }

    private Optional<StoredContact> find(ContactNumber contact) {
        return parts.books().contacts().find(contact);
    }

    /** Takes what a session says to the link that it is, or becomes. */
    private final class Watching implements Session.Listener {
        private final ContactNumber contact;
        private final CompletableFuture<Boolean> isHere = new CompletableFuture<>();

        Watching(ContactNumber contact) {
            this.contact = contact;
        }

        @Override
        public void onReady(Session session) {
            adopt(contact, session);
            isHere.complete(isUp(contact));
        }

        @Override
        public void onMessage(Session session, SessionMessage message) {
            Link link = links.get(contact);
            if (link == null || link.session() != session) {
                return;
            }
            message.match(
                    text -> run(() -> link.onText(text)),
                    acknowledgement -> run(() -> acknowledged(link, acknowledgement)),
                    profile -> run(() -> profiles.onProfile(contact, profile)),
                    unknown -> false);
        }

        @Override
        public void onClosed(Session session) {
            sessions.remove(session);
            isHere.complete(isUp(contact));
            Link link = links.get(contact);
            if (link != null && link.session() == session) {
                links.remove(contact);
                session.stream().connection().letGo();
                find(contact).ifPresent(found -> {
                    parts.feed().tell(new Event.PathChanged(found.id(), ContactPath.OFFLINE));
                    onDown.accept(found);
                });
            }
        }

        /** A stream that begins anew while one session gives way to another is the other one's to send. */
        private void acknowledged(Link link, SessionMessage.Acknowledgement acknowledgement) {
            link.onAcknowledgement(acknowledgement).thenAccept(standing -> {
                Link present = links.get(contact);
                if (standing == Outbox.Standing.ASTRAY && present != null && present != link) {
                    present.restart();
                }
            });
        }

        private static boolean run(Runnable action) {
            action.run();
            return true;
        }
    }
}

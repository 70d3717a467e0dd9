package sotto.node.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.PeerAddresses;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.AccountId;
import sotto.node.contact.RecognitionTags;
import sotto.node.contact.StoredContact;
import sotto.node.contact.StoredKnock;
import sotto.node.wire.Protocols;

/**
 * Goes out to those who are not here: dials the known addresses of contacts without a live session and of knocks under way,
 * again and again at growing distances, at once when there is a reason. Confined to the node loop.
 */
final class Reacher {
    private final Parts parts;
    private final Host host;
    private final Exchanges exchanges;
    private final Recogniser recogniser;
    private final Knocker knocker;
    private final Links links;
    private final Contacts contacts;
    private final Directory directory;
    private final Membership membership;
    private final Whereabouts whereabouts;
    private final DialBudget budget;
    private final Pursuits<AccountId> ofContacts;
    private final Pursuits<String> ofKnocks;

    // How many are looking who is at the other end of a connection: dials to one address are joined, so it may be
    // several.
    private final Map<Connection, Integer> visitors = new HashMap<>();

    /** How to find somebody among strangers: what they keep, and how to come to them. */
    record Strangers(Directory directory, Membership membership) {}

    Reacher(Presence.Services services, Host host, Recogniser recogniser, Knocker knocker, Strangers strangers) {
        this.parts = services.parts();
        this.contacts = services.contacts();
        this.exchanges = services.exchanges();
        this.links = services.links();
        this.host = host;
        this.recogniser = recogniser;
        this.knocker = knocker;
        this.directory = strangers.directory();
        this.membership = strangers.membership();
        this.whereabouts = new Whereabouts(parts, directory);
        this.budget = new DialBudget(parts.loop(), parts.limits().dials());
        this.ofContacts = new Pursuits<>(parts.loop(), id -> find(id).isPresent(), this::attempt);
        this.ofKnocks = new Pursuits<>(parts.loop(), id -> !isOver(id), this::attempt);
    }

    /** Begins with everybody that is known. */
    void start() {
        parts.books().contacts().all().forEach(this::pursue);
        parts.books().knocks().all().forEach(this::pursue);
    }

    /** Tries to reach a contact, now if it was not just tried. */
    void pursue(StoredContact contact) {
        ofContacts.hurry(contact.id());
    }

    /** Delivers a knock, now if that was not just tried. */
    void pursue(StoredKnock knock) {
        ofKnocks.hurry(knock.id());
    }

    /** A contact is here: no more reason to go out. */
    void arrived(StoredContact contact) {
        ofContacts.find(contact.id()).ifPresent(Pursuit::rest);
    }

    /** True if a contact was tried in vain since it was last here. */
    boolean isPursued(AccountId contact) {
        return ofContacts.find(contact).filter(Pursuit::isInVain).isPresent();
    }

    /** For good: contacts whose sessions end as the host closes are not gone after. */
    void stop() {
        ofContacts.stop();
        ofKnocks.stop();
    }

    private Optional<StoredContact> find(AccountId id) {
        return parts.books().contacts().find(id);
    }

    /** A contact that somebody may still want to meet: nobody goes after whom the user blocked or removed. */
    private Optional<StoredContact> findSought(AccountId id) {
        return find(id).filter(known -> !known.isBlocked());
    }

    private boolean isHere(AccountId id) {
        return find(id).filter(contact -> links.isUp(contact.number())).isPresent();
    }

    private boolean isOver(String knockId) {
        return parts.books().knocks().find(knockId).isEmpty();
    }

    private CompletionStage<Boolean> attempt(AccountId id) {
        Optional<StoredContact> contact = findSought(id);
        if (contact.isEmpty() || links.isUp(contact.get().number())) {
            return done();
        }
        StoredContact known = contact.get();
        return either(search(id, known.addresses()), elsewhere(known));
    }

    private CompletionStage<Boolean> search(AccountId contact, List<Multiaddr> addresses) {
        return new Search(addresses, at -> meet(at, contact)).from(0);
    }

    /** Looks where a contact has left word that it is now. Meanwhile it may have come, moved, or be sought no more. */
    private CompletionStage<Boolean> elsewhere(StoredContact contact) {
        return whereabouts.of(contact).thenCompose(found -> {
            Optional<StoredContact> present = findSought(contact.id());
            if (present.isEmpty() || isHere(contact.id())) {
                return CompletableFuture.completedFuture(false);
            }
            List<Multiaddr> known = present.get().addresses();
            List<Multiaddr> fresh = new ArrayList<>(found);
            fresh.removeAll(known);
            if (fresh.isEmpty()) {
                return CompletableFuture.completedFuture(false);
            }
            List<Multiaddr> all = new ArrayList<>(found);
            all.addAll(known);
            contacts.moved(present.get().reachedAt(all));
            return search(contact.id(), fresh);
        });
    }

    private CompletionStage<Boolean> attempt(String knockId) {
        Optional<StoredKnock> knock = parts.books().knocks().find(knockId);
        if (knock.isEmpty()) {
            return done();
        }
        if (parts.loop().clock().instant().isAfter(knock.get().expiresAt())) {
            return knocker.giveUp(knock.get(), "nobody let us in while the knock was waiting");
        }
        return either(
                search(knock.get(), knock.get().addresses()),
                entered(knock.get()).thenCompose(this::fromDirectory));
    }

    private CompletionStage<Boolean> search(StoredKnock knock, List<Multiaddr> addresses) {
        return new Search(addresses, at -> knock(at, knock.id())).from(0);
    }

    /** Where we are in no directory, one that a hint of the code leads into may be the inviter's. Gives the knock again. */
    private CompletionStage<StoredKnock> entered(StoredKnock knock) {
        List<Multiaddr> hints = membership.isOutside() ? knock.wish().hints() : List.of();
        return new Search(hints, at -> enter(at, knock.id())).from(0).thenApply(isIn -> knock);
    }

    /** True if we have joined by way of whoever is at {@code hint}, and that is remembered. */
    private CompletionStage<Boolean> enter(Multiaddr hint, String knockId) {
        return visit(
                        knockId,
                        hint,
                        at -> membership.joinBy(new PeerAddresses(at.remotePeer(), List.of(at.remoteAddress()))))
                .thenCompose(isIn -> isIn ? remember(hint) : CompletableFuture.completedFuture(false));
    }

    private CompletionStage<Boolean> remember(Multiaddr entryPoint) {
        return parts.store().write(transaction -> {
            EntryPoints.name(transaction, List.of(entryPoint));
            return true;
        });
    }

    /** Looks in the directory whom a code leads to, and where they are now. */
    private CompletionStage<Boolean> fromDirectory(StoredKnock knock) {
        return knocker.lookUp(directory, knock).thenCompose(found -> {
            if (isOver(found.id())) {
                return instead(found.target());
            }
            List<Multiaddr> fresh = new ArrayList<>(found.addresses());
            fresh.removeAll(knock.addresses());
            return search(found, fresh);
        });
    }

    /** True as soon as one of two ways leads there, false once neither has. */
    private static CompletionStage<Boolean> either(CompletionStage<Boolean> one, CompletionStage<Boolean> other) {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        CompletionStage<Boolean> first = one.exceptionally(failed -> false);
        CompletionStage<Boolean> second = other.exceptionally(failed -> false);
        first.thenAccept(met -> {
            if (met) {
                outcome.complete(true);
            }
        });
        second.thenAccept(met -> {
            if (met) {
                outcome.complete(true);
            }
        });
        first.thenAcceptBoth(second, (met, metElsewhere) -> outcome.complete(met || metElsewhere));
        return outcome;
    }

    /** Delivers the block, then comes back over a new connection to see whether we are recognised. */
    private CompletionStage<Boolean> knock(Multiaddr address, String knockId) {
        return visit(knockId, address, at -> deliver(at, knockId)).thenCompose(delivered -> {
            Optional<StoredKnock.Target> target = delivered.flatMap(StoredKnock::target);
            if (isOver(knockId) || target.isEmpty()) {
                return instead(target);
            }
            List<SecretBytes> root = List.of(target.get().knock().pairRoot());
            return visit(knockId, address, again -> greet(again, root, who -> true))
                    .thenApply(met -> isFound(address, isOver(knockId)));
        });
    }

    /** A knock is over: whom it was for may be a contact, whose addresses may be known anew. */
    private CompletionStage<Boolean> instead(Optional<StoredKnock.Target> target) {
        target.flatMap(whom -> find(whom.id(parts.crypto()))).ifPresent(this::pursue);
        return done();
    }

    private CompletionStage<Optional<StoredKnock>> deliver(Connection connection, String knockId) {
        return parts.books()
                .knocks()
                .find(knockId)
                .map(knock -> knocker.deliver(connection, knock).thenApply(Optional::of))
                .orElse(CompletableFuture.completedFuture(Optional.empty()));
    }

    /**
     * True if {@code sought} is at an address. Somebody else who is there may be let in as well, but not where they are here
     * already: an address that one contact names must not move the session of another.
     */
    private CompletionStage<Boolean> meet(Multiaddr address, AccountId sought) {
        Optional<StoredContact> present = findSought(sought);
        if (present.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        Predicate<RecognitionTags.Recognised> isWelcome = who -> who.contact().equals(sought) || !isHere(who.contact());
        return visit(sought.hex(), address, at -> greet(at, present.get().pairRoots(), isWelcome))
                .thenApply(met -> isFound(address, isHere(sought)));
    }

    /** True if somebody welcome was recognised at the other end, by {@code roots} first, and a session with them is up. */
    private CompletionStage<Boolean> greet(
            Connection connection, List<SecretBytes> roots, Predicate<RecognitionTags.Recognised> isWelcome) {
        return recogniser
                .ask(connection, roots)
                .thenCompose(found -> found.filter(isWelcome)
                        .map(who -> openSession(connection, who))
                        .orElse(CompletableFuture.completedFuture(false)));
    }

    private boolean isFound(Multiaddr address, boolean isMet) {
        if (isMet) {
            budget.met(address);
        }
        return isMet;
    }

    private CompletionStage<Boolean> openSession(Connection connection, RecognitionTags.Recognised who) {
        return exchanges
                .onLoop(connection.open(List.of(Protocols.SESSION)))
                .thenCompose(stream -> links.begin(stream, who, true))
                .whenComplete((isHere, failure) -> {
                    if (failure != null || !isHere) {
                        // It may have been met as the end of a knock, which is over: it is a contact to go after now.
                        find(who.contact()).ifPresent(this::pursue);
                    }
                });
    }

    /**
     * Dials an address that {@code source} named, within the budget. A peer that it names besides is nothing to go by: it would
     * lead to a connection that is open already, somebody else's.
     */
    private <T> CompletionStage<T> visit(
            String source, Multiaddr address, Function<Connection, CompletionStage<T>> meeting) {
        Optional<Multiaddr> place = DialBudget.place(address);
        if (place.isEmpty() || !budget.tryDial(source, address)) {
            return CompletableFuture.failedFuture(
                    new HostException(HostException.Reason.LIMIT_REACHED, "not dialled, or not yet again"));
        }
        return exchanges.onLoop(host.connect(place.get())).thenCompose(connection -> {
            visitors.merge(connection, 1, Integer::sum);
            return CompletableFuture.completedFuture(connection)
                    .thenCompose(meeting)
                    .whenComplete((outcome, failure) -> leave(connection));
        });
    }

    /** The last one to leave a connection that carries no session closes it. */
    private void leave(Connection connection) {
        visitors.computeIfPresent(connection, (same, count) -> count > 1 ? count - 1 : null);
        if (!visitors.containsKey(connection) && !links.areOver(connection)) {
            connection.close();
        }
    }

    private static CompletionStage<Boolean> done() {
        return CompletableFuture.completedFuture(true);
    }

    /** What to do at an address; true if that ended the search. */
    private interface Meeting {
        CompletionStage<Boolean> at(Multiaddr address);
    }

    /** One round through the addresses that a contact or a code named, until somebody is met. */
    private static final class Search {
        private final List<Multiaddr> addresses;
        private final Meeting meeting;

        Search(List<Multiaddr> addresses, Meeting meeting) {
            this.addresses = addresses;
            this.meeting = meeting;
        }

        CompletionStage<Boolean> from(int index) {
            if (index >= addresses.size()) {
                return CompletableFuture.completedFuture(false);
            }
            return meeting.at(addresses.get(index))
                    .handle((met, failure) -> failure == null && met)
                    .thenCompose(isMet -> isMet ? CompletableFuture.completedFuture(true) : from(index + 1));
        }
    }
}

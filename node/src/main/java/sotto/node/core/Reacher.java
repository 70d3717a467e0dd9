package sotto.node.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.Host;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.AccountId;
import sotto.node.contact.RecognitionTags;
import sotto.node.contact.StoredContact;
import sotto.node.contact.StoredKnock;
import sotto.node.delivery.RetryWait;
import sotto.node.wire.Protocols;

/**
 * Goes out to those who are not here: dials the known addresses of contacts without a live session and of knocks under way,
 * again and again at growing distances, at once when there is a reason. Confined to the node loop.
 */
final class Reacher {
    /** How often reasons to hurry, a text that is written for one, may cause attempts beside those that are due anyway. */
    private static final Duration HURRY_PAUSE = Duration.ofSeconds(2);

    private final Parts parts;
    private final Host host;
    private final Exchanges exchanges;
    private final Recogniser recogniser;
    private final Knocker knocker;
    private final Links links;
    private final DialBudget budget;
    private final Map<String, Pursuit> pursuits = new HashMap<>();
    private boolean isClosed;

    Reacher(Parts parts, Host host, Exchanges exchanges, Recogniser recogniser, Knocker knocker, Links links) {
        this.parts = parts;
        this.host = host;
        this.exchanges = exchanges;
        this.recogniser = recogniser;
        this.knocker = knocker;
        this.links = links;
        this.budget = new DialBudget(parts.loop(), parts.limits().dials());
    }

    /** Begins with everybody that is known. */
    void start() {
        parts.books().contacts().all().forEach(this::pursue);
        parts.books().knocks().all().forEach(this::pursue);
    }

    /** Tries to reach a contact, now if it was not just tried. */
    void pursue(StoredContact contact) {
        AccountId id = contact.id();
        pursue(id.hex(), () -> attempt(id));
    }

    /** Delivers a knock, now if that was not just tried. */
    void pursue(StoredKnock knock) {
        String id = knock.id();
        pursue(id, () -> attempt(id));
    }

    /** A contact is here: no more reason to go out. */
    void arrived(StoredContact contact) {
        Optional.ofNullable(pursuits.get(contact.id().hex())).ifPresent(Pursuit::rest);
    }

    /** True if a contact was tried in vain since it was last here. */
    boolean isPursued(AccountId contact) {
        return Optional.ofNullable(pursuits.get(contact.hex()))
                .filter(pursuit -> pursuit.wait.attempts() > 0)
                .isPresent();
    }

    /** For good: contacts whose sessions end as the host closes are not gone after. */
    void stop() {
        isClosed = true;
        pursuits.values().forEach(Pursuit::stop);
        pursuits.clear();
    }

    private void pursue(String key, Supplier<CompletionStage<Boolean>> attempt) {
        if (!isClosed) {
            pursuits.computeIfAbsent(key, unknown -> new Pursuit(attempt)).hurry();
        }
    }

    private CompletionStage<Boolean> attempt(AccountId id) {
        Optional<StoredContact> contact = parts.books().contacts().find(id).filter(known -> !known.isBlocked());
        if (contact.isEmpty() || links.isUp(contact.get().number())) {
            return done();
        }
        Search search = new Search(
                id.hex(),
                contact.get().addresses(),
                at -> meet(at, contact.get().pairRoots()));
        return search.from(0);
    }

    private CompletionStage<Boolean> attempt(String knockId) {
        Optional<StoredKnock> knock = parts.books().knocks().find(knockId);
        if (knock.isEmpty()) {
            return done();
        }
        if (parts.loop().clock().instant().isAfter(knock.get().expiresAt())) {
            return knocker.giveUp(knock.get(), "nobody let us in while the knock was waiting");
        }
        return new Search(knockId, knock.get().addresses(), at -> knock(at, knockId)).from(0);
    }

    /** Delivers the block, then comes back over a new connection to see whether we are recognised. */
    private CompletionStage<Boolean> knock(Connection connection, String knockId) {
        Optional<StoredKnock> knock = parts.books().knocks().find(knockId);
        if (knock.isEmpty()) {
            connection.close();
            return done();
        }
        return knocker.deliver(connection, knock.get()).thenCompose(delivered -> {
            connection.close();
            if (delivered.target().isEmpty()) {
                // A contact already, whose addresses are known anew.
                parts.books().contacts().all().forEach(this::pursue);
                return done();
            }
            List<SecretBytes> root = List.of(delivered.target().get().knock().pairRoot());
            return visit(knockId, connection.remoteAddress(), again -> meet(again, root));
        });
    }

    /** True if a contact is at the other end, and a session with it up. */
    private CompletionStage<Boolean> meet(Connection connection, List<SecretBytes> first) {
        return recogniser
                .ask(connection, first)
                .thenCompose(found -> found.map(who -> openSession(connection, who))
                        .orElse(CompletableFuture.completedFuture(false)));
    }

    private CompletionStage<Boolean> openSession(Connection connection, RecognitionTags.Recognised who) {
        return exchanges
                .onLoop(connection.open(List.of(Protocols.SESSION)))
                .thenCompose(stream -> links.begin(stream, who, true))
                .whenComplete((isHere, failure) -> {
                    if (failure != null || !isHere) {
                        // It may have been met as the end of a knock, which is over: it is a contact to go after now.
                        parts.books().contacts().find(who.contact()).ifPresent(this::pursue);
                    }
                });
    }

    /** Dials an address that {@code source} named, within the budget; what is not met there is not held on to. */
    private CompletionStage<Boolean> visit(String source, Multiaddr address, Meeting meeting) {
        if (!budget.tryDial(source, address)) {
            return CompletableFuture.completedFuture(false);
        }
        return exchanges
                .onLoop(host.connect(address))
                .thenCompose(connection -> meeting.at(connection).whenComplete((met, failure) -> {
                    if (failure != null || !met) {
                        connection.close();
                    } else {
                        budget.met(address);
                    }
                }));
    }

    private static CompletionStage<Boolean> done() {
        return CompletableFuture.completedFuture(true);
    }

    /** What to do at an address; true if that ended the search. */
    private interface Meeting {
        CompletionStage<Boolean> at(Connection connection);
    }

    /** One round through the addresses that a contact or a code named, until somebody is met. */
    private final class Search {
        private final String source;
        private final List<Multiaddr> addresses;
        private final Meeting meeting;

        Search(String source, List<Multiaddr> addresses, Meeting meeting) {
            this.source = source;
            this.addresses = addresses;
            this.meeting = meeting;
        }

        CompletionStage<Boolean> from(int index) {
            if (index >= addresses.size()) {
                return CompletableFuture.completedFuture(false);
            }
            CompletableFuture<Boolean> outcome = new CompletableFuture<>();
            visit(source, addresses.get(index), meeting).whenComplete((met, failure) -> {
                if (failure == null && met) {
                    outcome.complete(true);
                } else {
                    from(index + 1).thenAccept(outcome::complete);
                }
            });
            return outcome;
        }
    }

    /** The attempts for one contact or knock. */
    private final class Pursuit {
        private final Supplier<CompletionStage<Boolean>> attempt;
        private RetryWait wait = RetryWait.NONE;
        private Optional<EventLoop.Timer> timer = Optional.empty();
        private Duration triedAt = Duration.ZERO;
        private boolean hasTried;
        private boolean isUnderWay;
        private boolean isStopped;

        Pursuit(Supplier<CompletionStage<Boolean>> attempt) {
            this.attempt = attempt;
        }

        /**
         * Tries at once, or soon where that was just done, so that nobody who comes and goes makes us dial without pause. In
         * vain, the next attempt is still due when it was: impatience makes nobody wait longer.
         */
        void hurry() {
            boolean wasJustTried =
                    hasTried && parts.loop().uptime().minus(triedAt).compareTo(HURRY_PAUSE) < 0;
            if (!isUnderWay && !wasJustTried) {
                tryNow(timer.isEmpty());
            } else if (!isUnderWay && timer.isEmpty() && !isStopped) {
                timer = Optional.of(parts.loop().schedule(HURRY_PAUSE, this::onDue));
            }
        }

        /** Nobody is to be looked for at present. */
        void rest() {
            timer.ifPresent(EventLoop.Timer::cancel);
            timer = Optional.empty();
            wait = RetryWait.NONE;
        }

        void stop() {
            isStopped = true;
            timer.ifPresent(EventLoop.Timer::cancel);
        }

        private void tryNow(boolean isDue) {
            if (isStopped || isUnderWay) {
                return;
            }
            isUnderWay = true;
            hasTried = true;
            triedAt = parts.loop().uptime();
            attempted().whenComplete((met, failure) -> {
                isUnderWay = false;
                if (failure == null && met) {
                    rest();
                } else if (isDue && !isStopped) {
                    wait = wait.next();
                    timer = Optional.of(
                            parts.loop().schedule(wait.delay(parts.loop().random()), this::onDue));
                }
            });
        }

        /** What an attempt throws, it has failed with: the next one is due all the same. */
        private CompletionStage<Boolean> attempted() {
            try {
                return attempt.get();
            } catch (RuntimeException refused) {
                return CompletableFuture.failedFuture(refused);
            }
        }

        private void onDue() {
            timer = Optional.empty();
            if (isUnderWay) {
                // A hurried attempt stands for this one.
                timer = Optional.of(parts.loop().schedule(HURRY_PAUSE, this::onDue));
            } else {
                tryNow(true);
            }
        }
    }
}

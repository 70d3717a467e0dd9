package sotto.node.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.host.Connection;
import sotto.node.api.AccountId;
import sotto.node.contact.RecognitionTags;
import sotto.node.contact.StoredContact;
import sotto.node.contact.StoredKnock;
import sotto.node.wire.Protocols;
import sotto.node.wire.RecognitionMessage;

/**
 * Finds out which contact is at the other end of a connection, from either end. Being recognised by the root of a knock of ours
 * is how we learn that it was accepted. Confined to the node loop.
 */
final class Recogniser {
    private static final Rate OFFERS_PER_ADDRESS = new Rate(32, 4);
    private static final Rate OFFERS = new Rate(256, 50);

    private final Parts parts;
    private final Contacts contacts;
    private final Exchanges exchanges;
    private final RateLimiter limiter;
    private final Set<Connection> asked = new HashSet<>();
    private final Map<Connection, RecognitionTags.Recognised> recognised = new HashMap<>();

    // Written by the node loop, read by each connection's loop to decide what is offered on it.
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    Recogniser(Parts parts, Contacts contacts, Exchanges exchanges) {
        this.parts = parts;
        this.contacts = contacts;
        this.exchanges = exchanges;
        this.limiter = new RateLimiter(parts.loop(), OFFERS_PER_ADDRESS, OFFERS);
    }

    /** True once the other end of {@code connection} is known to be a contact. Thread-safe. */
    boolean isRecognised(Connection connection) {
        return open.contains(connection);
    }

    /** Who is at the other end, where that is known. */
    Optional<RecognitionTags.Recognised> at(Connection connection) {
        return Optional.ofNullable(recognised.get(connection));
    }

    void forget(Connection connection) {
        open.remove(connection);
        asked.remove(connection);
        recognised.remove(connection);
    }

    /** Asks the other end of a connection that we dialled; of somebody's roots, those in {@code first} are offered first. */
    CompletionStage<Optional<RecognitionTags.Recognised>> ask(Connection connection, List<SecretBytes> first) {
        RecognitionTags tags = tags(connection, first);
        Bytes offer = tags.offer(parts.loop().random()).encode();
        return exchanges
                .ask(connection, Protocols.RECOGNIZE, offer, RecognitionMessage.SIZE_BYTES_MAX)
                .thenCompose(answer -> confirm(connection, found(tags, answer)));
    }

    /** Answers whoever dialled us; one exchange per connection. */
    CompletionStage<Bytes> answer(Connection connection, Bytes question) {
        // Not held against it where the rate refused: a contact behind a busy address may ask again.
        if (asked.contains(connection) || !limiter.tryNext(connection)) {
            return CompletableFuture.completedFuture(Bytes.EMPTY);
        }
        asked.add(connection);
        try {
            RecognitionMessage offer = RecognitionMessage.decode(question);
            RecognitionTags.Answer answer =
                    tags(connection, List.of()).answer(offer, parts.loop().random());
            return confirm(connection, answer.recognised())
                    .thenApply(confirmed -> answer.message().encode());
        } catch (WireException malformed) {
            return CompletableFuture.completedFuture(Bytes.EMPTY);
        }
    }

    private static Optional<RecognitionTags.Recognised> found(RecognitionTags tags, Bytes answer) {
        try {
            return tags.recognised(RecognitionMessage.decode(answer));
        } catch (WireException noAnswer) {
            return Optional.empty();
        }
    }

    /** Opens the connection to contact protocols, once all that recognition rests on is durable. */
    private CompletionStage<Optional<RecognitionTags.Recognised>> confirm(
            Connection connection, Optional<RecognitionTags.Recognised> found) {
        if (found.isEmpty()) {
            return CompletableFuture.completedFuture(found);
        }
        return settle(found.get()).thenApply(contact -> {
            boolean isTheirs = contact.filter(known -> !known.isBlocked()
                            && known.pairRoots().contains(found.get().pairRoot()))
                    .isPresent();
            if (!isTheirs || !connection.isOpen()) {
                return Optional.empty();
            }
            recognised.put(connection, found.get());
            open.add(connection);
            connection.announceProtocols();
            return found;
        });
    }

    /**
     * The contact that was recognised; a knock of ours at it has thereby succeeded. Empty where it was removed since the question
     * was asked.
     */
    private CompletionStage<Optional<StoredContact>> settle(RecognitionTags.Recognised found) {
        Optional<StoredKnock> knock = parts.books().knocks().all().stream()
                .filter(candidate -> isAt(candidate, found.contact()))
                .findFirst();
        if (knock.isPresent()) {
            StoredKnock.Target target = knock.get().target().orElseThrow();
            return contacts.accepted(knock.get(), target, found.pairRoot()).thenApply(Optional::of);
        }
        // A transaction that changes nothing: it ends after those that made the contact what it is.
        return parts.store().write(transaction -> parts.books().contacts().find(found.contact()));
    }

    private boolean isAt(StoredKnock knock, AccountId account) {
        return knock.target()
                .filter(target -> target.id(parts.crypto()).equals(account))
                .isPresent();
    }

    private RecognitionTags tags(Connection connection, List<SecretBytes> first) {
        return new RecognitionTags(parts.crypto(), parts.own(), connection.handshakeHash(), candidates(first));
    }

    /** One candidate per account, with the roots of the contact and of knocks at it; {@code first} come first in theirs. */
    private List<RecognitionTags.Candidate> candidates(List<SecretBytes> first) {
        Map<AccountId, List<SecretBytes>> roots = new LinkedHashMap<>();
        for (StoredContact contact : parts.books().contacts().all()) {
            if (!contact.isBlocked()) {
                roots.put(contact.id(), new ArrayList<>(contact.pairRoots()));
            }
        }
        for (StoredKnock knock : parts.books().knocks().all()) {
            knock.target()
                    .ifPresent(target -> roots.computeIfAbsent(target.id(parts.crypto()), id -> new ArrayList<>())
                            .add(0, target.knock().pairRoot()));
        }
        return roots.entrySet().stream()
                .map(entry -> candidate(entry.getKey(), entry.getValue(), first))
                .toList();
    }

    private static RecognitionTags.Candidate candidate(AccountId id, List<SecretBytes> roots, List<SecretBytes> first) {
        List<SecretBytes> ordered =
                new ArrayList<>(roots.stream().filter(first::contains).toList());
        roots.stream().filter(root -> !ordered.contains(root)).forEach(ordered::add);
        return new RecognitionTags.Candidate(
                id, ordered.subList(0, Math.min(ordered.size(), RecognitionTags.PAIR_ROOTS_MAX)));
    }
}

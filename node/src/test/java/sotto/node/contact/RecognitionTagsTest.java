package sotto.node.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.AccountId;
import sotto.node.contact.RecognitionTags.Candidate;
import sotto.node.contact.RecognitionTags.Recognised;
import sotto.node.wire.RecognitionMessage;
import sotto.node.wire.Vector;

/** Proves that contacts recognise each other on their own connection only, and that strangers learn nothing (pitfall 31). */
class RecognitionTagsTest {
    private static final Vector VECTOR = new Vector("recognition");
    private final Crypto crypto = CryptoChoice.fastest();
    private final SplittableRandom random = new SplittableRandom(31);
    private final AccountId alice = someone();
    private final AccountId bob = someone();
    private final SecretBytes root = root();
    private final Bytes channel = channel();

    @Test
    void bothEndsRecogniseEachOtherByTheSameRoot() {
        RecognitionTags ours = tags(alice, channel, candidate(bob, root));
        RecognitionTags theirs = tags(bob, channel, candidate(alice, root));
        RecognitionTags.Answer answer = theirs.answer(ours.offer(random), random);
        assertEquals(Optional.of(new Recognised(alice, root)), answer.recognised());
        assertEquals(Optional.of(new Recognised(bob, root)), ours.recognised(answer.message()));
    }

    @Test
    void recognisesWhatTheReferenceSends() throws WireException {
        AccountId initiator = new AccountId(VECTOR.text("initiator"));
        AccountId responder = new AccountId(VECTOR.text("responder"));
        SecretBytes shared = VECTOR.secret("pairRoot");
        Bytes hash = VECTOR.bytes("handshakeHash");
        RecognitionMessage offer = RecognitionMessage.decode(VECTOR.bytes("offer"));
        RecognitionMessage answer = RecognitionMessage.decode(VECTOR.bytes("answer"));
        RecognitionTags.Answer made =
                tags(responder, hash, candidate(initiator, shared)).answer(offer, random);
        assertEquals(Optional.of(new Recognised(initiator, shared)), made.recognised());
        assertTrue(made.message().entries().contains(VECTOR.bytes("answerTag")));
        RecognitionTags ours = tags(initiator, hash, candidate(responder, shared));
        assertTrue(ours.offer(random).entries().contains(VECTOR.bytes("offerTag")));
        assertEquals(Optional.of(new Recognised(responder, shared)), ours.recognised(answer));
    }

    @Test
    void aStrangerIsAnsweredInTheSameForm() {
        RecognitionTags stranger = tags(someone(), channel, candidate(bob, root()));
        RecognitionTags.Answer answer =
                tags(bob, channel, candidate(alice, root)).answer(stranger.offer(random), random);
        assertEquals(Optional.empty(), answer.recognised());
        assertEquals(256, answer.message().entries().size());
        assertEquals(Optional.empty(), stranger.recognised(answer.message()));
    }

    @Test
    void nobodyRecognisesAnEchoOfTheirOwnTags() {
        RecognitionTags ours = tags(alice, channel, candidate(bob, root));
        RecognitionMessage offer = ours.offer(random);
        assertEquals(Optional.empty(), ours.recognised(offer));
        assertEquals(Optional.empty(), ours.answer(offer, random).recognised());
    }

    @Test
    void tagsOfOneConnectionMeanNothingOnAnother() {
        RecognitionTags ours = tags(alice, channel, candidate(bob, root));
        Bytes other = channel();
        RecognitionTags relayed = tags(bob, other, candidate(alice, root));
        assertEquals(
                Optional.empty(), relayed.answer(ours.offer(random), random).recognised());
        RecognitionTags honest = tags(bob, channel, candidate(alice, root));
        RecognitionMessage answer = honest.answer(ours.offer(random), random).message();
        assertEquals(Optional.empty(), tags(alice, other, candidate(bob, root)).recognised(answer));
    }

    @Test
    void anAnswerIsNoOffer() {
        RecognitionTags ours = tags(alice, channel, candidate(bob, root));
        RecognitionTags theirs = tags(bob, channel, candidate(alice, root));
        RecognitionMessage answer = theirs.answer(ours.offer(random), random).message();
        assertEquals(Optional.empty(), ours.answer(answer, random).recognised());
    }

    @Test
    void aRemovedContactIsAStranger() {
        RecognitionTags removed = tags(alice, channel, candidate(bob, root));
        RecognitionTags.Answer answer =
                tags(bob, channel, candidate(someone(), root())).answer(removed.offer(random), random);
        assertEquals(Optional.empty(), answer.recognised());
        assertEquals(Optional.empty(), removed.recognised(answer.message()));
    }

    @Test
    void acceptsTheLastFourRootsAndAnswersWithTheOneThatMatched() {
        List<SecretBytes> roots = Stream.generate(this::root).limit(4).toList();
        for (SecretBytes known : roots) {
            RecognitionTags restored = tags(alice, channel, candidate(bob, known));
            RecognitionTags current = tags(bob, channel, new Candidate(alice, roots));
            RecognitionTags.Answer answer = current.answer(restored.offer(random), random);
            assertEquals(Optional.of(new Recognised(alice, known)), answer.recognised());
            assertEquals(Optional.of(new Recognised(bob, known)), restored.recognised(answer.message()));
        }
        List<SecretBytes> five = Stream.generate(this::root).limit(5).toList();
        assertThrows(IllegalArgumentException.class, () -> new Candidate(alice, five));
    }

    @Test
    void ofSeveralRootsInOneMessageTheNewestCounts() {
        List<SecretBytes> roots = Stream.generate(this::root).limit(4).toList();
        List<Bytes> merged = new ArrayList<>();
        for (SecretBytes known : roots.subList(1, 3)) {
            merged.addAll(
                    tags(alice, channel, candidate(bob, known)).offer(random).entries());
        }
        RecognitionTags current = tags(bob, channel, new Candidate(alice, roots));
        assertEquals(
                Optional.of(new Recognised(alice, roots.get(1))),
                current.answer(new RecognitionMessage(merged), random).recognised());
    }

    @Test
    void aTagWithAnyBitWrongIsNone() {
        RecognitionMessage offer = tags(alice, channel, candidate(bob, root)).offer(random);
        EntryTable entries = new EntryTable(offer);
        for (Bytes entry : offer.entries()) {
            assertTrue(entries.contains(entry));
        }
        for (int bit = 0; bit < RecognitionMessage.TAG_BYTES * Byte.SIZE; bit++) {
            byte[] flipped = offer.entries().get(7).toArray();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertFalse(entries.contains(Bytes.owning(flipped)), "bit " + bit);
        }
    }

    @Test
    void tagsOfTwoContactsInOneMessageAreNobody() {
        AccountId carol = someone();
        SecretBytes carols = root();
        RecognitionMessage fromAlice =
                tags(alice, channel, candidate(bob, root)).offer(random);
        RecognitionMessage fromCarol =
                tags(carol, channel, candidate(bob, carols)).offer(random);
        List<Bytes> merged = new ArrayList<>(fromAlice.entries());
        merged.addAll(fromCarol.entries());
        RecognitionTags.Answer answer = tags(bob, channel, candidate(alice, root), candidate(carol, carols))
                .answer(new RecognitionMessage(merged), random);
        assertEquals(Optional.empty(), answer.recognised());
    }

    @Test
    void showsTheSameNumberOfEntriesForNoContactAndFor256() {
        assertEquals(256, tags(alice, channel).offer(random).entries().size());
        assertEquals(256, many(256).offer(random).entries().size());
        assertEquals(512, many(257).offer(random).entries().size());
        assertEquals(4_096, many(4_200).offer(random).entries().size());
    }

    @Test
    void findsOneContactAmongMany() {
        Candidate[] candidates = Stream.concat(
                        Stream.generate(() -> candidate(someone(), root())).limit(300),
                        Stream.of(candidate(alice, root)))
                .toArray(Candidate[]::new);
        RecognitionMessage offer = tags(alice, channel, candidate(bob, root)).offer(random);
        assertEquals(
                Optional.of(new Recognised(alice, root)),
                tags(bob, channel, candidates).answer(offer, random).recognised());
    }

    @Test
    void showsNoRootWhenPrinted() {
        String hex = Bytes.owning(root.copy()).hex();
        assertFalse(candidate(bob, root).toString().contains(hex));
        assertFalse(new Recognised(bob, root).toString().contains(hex));
    }

    private RecognitionTags many(int contacts) {
        return tags(
                alice,
                channel,
                Stream.generate(() -> candidate(someone(), root))
                        .limit(contacts)
                        .toArray(Candidate[]::new));
    }

    private RecognitionTags tags(AccountId own, Bytes handshakeHash, Candidate... candidates) {
        return new RecognitionTags(crypto, own, handshakeHash, List.of(candidates));
    }

    private static Candidate candidate(AccountId contact, SecretBytes root) {
        return new Candidate(contact, List.of(root));
    }

    private AccountId someone() {
        return new AccountId(channel().hex());
    }

    private SecretBytes root() {
        return SecretBytes.random(32, random);
    }

    private Bytes channel() {
        byte[] hash = new byte[32];
        random.nextBytes(hash);
        return Bytes.owning(hash);
    }
}

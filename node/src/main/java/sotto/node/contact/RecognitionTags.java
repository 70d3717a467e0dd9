package sotto.node.contact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.AccountId;
import sotto.node.wire.Label;
import sotto.node.wire.RecognitionMessage;

/**
 * Recognition on one connection: the two ends find out whether they are contacts, and a stranger learns nothing, not even how
 * many contacts there are ({@code docs/protocol/recognition.md}).
 *
 * <p>How to drive it: one exchange per connection. The end that dialled sends {@link #offer}; the other answers with the message
 * of {@link #answer}, always; the first hands it to {@link #recognised}. Who is recognised is so on this connection only, and
 * only together with the pair root that comes with it, which the session then proves. Confined to one thread.
 */
public final class RecognitionTags {
    /** How many roots of a contact are accepted: the current one and those before it, so that a restored backup is known again. */
    public static final int PAIR_ROOTS_MAX = 4;

    private static final int KEY_BYTES = 32;

    private final Crypto crypto;
    private final AccountId own;
    private final Bytes handshakeHash;
    private final List<Candidate> candidates;

    /**
     * @param candidates who may be recognised here: current and unblocked contacts, and those we have knocked at; those beyond
     *     4,096 are left out
     */
    public RecognitionTags(Crypto crypto, AccountId own, Bytes handshakeHash, List<Candidate> candidates) {
        this.crypto = crypto;
        this.own = own;
        this.handshakeHash = handshakeHash;
        this.candidates =
                candidates.stream().limit(RecognitionMessage.ENTRIES_MAX).toList();
    }

    /**
     * Somebody who may be at the other end.
     *
     * @param pairRoots the secrets shared with them, 1 to 4, the one to offer first: the newest that they are known to have
     */
    public record Candidate(AccountId contact, List<SecretBytes> pairRoots) {
        public Candidate {
            pairRoots = List.copyOf(pairRoots);
            if (pairRoots.isEmpty() || pairRoots.size() > PAIR_ROOTS_MAX) {
                throw new IllegalArgumentException("a contact has 1 to 4 pair roots, not " + pairRoots.size());
            }
        }
    }

    /** Who is at the other end, and the root by which both know it. */
    public record Recognised(AccountId contact, SecretBytes pairRoot) {}

    /** What to send back, and who was recognised. */
    public record Answer(RecognitionMessage message, Optional<Recognised> recognised) {}

    /** What the end that dialled sends: one tag for every candidate, among random ones. */
    public RecognitionMessage offer(RandomGenerator random) {
        List<Bytes> tags = new ArrayList<>();
        for (Candidate candidate : candidates) {
            tags.add(tag(
                    Role.INITIATOR,
                    own,
                    candidate.contact(),
                    candidate.pairRoots().get(0)));
        }
        return padded(tags, random);
    }

    /** What the end that was dialled makes of an offer: its answer holds one tag, or none, and looks the same either way. */
    public Answer answer(RecognitionMessage offer, RandomGenerator random) {
        Optional<Recognised> recognised = find(Role.INITIATOR, offer);
        List<Bytes> tags = recognised.map(found -> tag(Role.RESPONDER, own, found.contact(), found.pairRoot())).stream()
                .toList();
        return new Answer(padded(tags, random), recognised);
    }

    /** Who the end that dialled finds in the answer. */
    public Optional<Recognised> recognised(RecognitionMessage answer) {
        return find(Role.RESPONDER, answer);
    }

    // Tags of two contacts in one message are two contacts conspiring, or one relaying another: nobody is recognised
    // then.
    private Optional<Recognised> find(Role sender, RecognitionMessage message) {
        EntryTable entries = new EntryTable(message);
        List<Recognised> found = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Optional<Recognised> newest = Optional.empty();
            for (SecretBytes root : candidate.pairRoots()) {
                boolean isThere = entries.contains(tag(sender, candidate.contact(), own, root));
                if (isThere && newest.isEmpty()) {
                    newest = Optional.of(new Recognised(candidate.contact(), root));
                }
            }
            newest.ifPresent(found::add);
        }
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private Bytes tag(Role senderRole, AccountId sender, AccountId receiver, SecretBytes pairRoot) {
        Bytes info = Label.RECOGNITION_KEY.over(Bytes.ofHex(sender.hex()), Bytes.ofHex(receiver.hex()));
        try (SecretBytes key = crypto.hkdf(pairRoot, Bytes.EMPTY, info, KEY_BYTES)) {
            Bytes role = new ByteWriter().u8(senderRole.code).toBytes();
            Bytes mac = crypto.hmacSha256(key, Label.RECOGNITION_TAG.over(role, handshakeHash));
            return mac.slice(0, RecognitionMessage.TAG_BYTES);
        }
    }

    private static RecognitionMessage padded(List<Bytes> tags, RandomGenerator random) {
        int count = RecognitionMessage.ENTRIES_MIN;
        while (count < tags.size()) {
            count *= 2;
        }
        TreeSet<Bytes> entries = new TreeSet<>(tags);
        while (entries.size() < count) {
            byte[] entry = new byte[RecognitionMessage.TAG_BYTES];
            random.nextBytes(entry);
            entries.add(Bytes.owning(entry));
        }
        return new RecognitionMessage(List.copyOf(entries));
    }

    /** On which end of the connection the sender of a tag is. */
    private enum Role {
        INITIATOR(1),
        RESPONDER(2);

        private final int code;

        Role(int code) {
            this.code = code;
        }
    }
}

package sotto.libp2p.noise;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.peer.PeerId;

/**
 * libp2p's handshake over Noise XX: whole messages in and out. Life cycle: {@link #begin} first; then every incoming message
 * is fed to {@link #onMessage} until that says {@link Step.Secured}. Nothing the other end says is told to anybody before its
 * proof of identity was verified. After an exception, and at its end, it is closed. Not thread-safe.
 */
final class NoiseHandshake implements AutoCloseable {
    private final Crypto crypto;
    private final NoiseIdentity identity;
    private final boolean isInitiator;
    private final XxHandshake noise;
    private final @Nullable PeerId expected;

    /**
     * One end of a handshake.
     *
     * @param expected who the other end must prove to be, if that is known
     */
    NoiseHandshake(
            Crypto crypto,
            RandomGenerator random,
            NoiseIdentity identity,
            boolean isInitiator,
            Optional<PeerId> expected) {
        this.crypto = crypto;
        this.identity = identity;
        this.isInitiator = isInitiator;
        this.noise = new XxHandshake(crypto, isInitiator, identity.staticKey(), crypto.generateX25519(random));
        this.expected = expected.orElse(null);
    }

    /** The first message; of the responder there is none. */
    Optional<Bytes> begin() throws HandshakeException {
        // Without a payload: this message is neither secret nor authenticated (noise-libp2p, "The libp2p Handshake
        // Payload").
        return isInitiator ? Optional.of(noise.write(Bytes.EMPTY)) : Optional.empty();
    }

    /** Takes the next message of the other end. */
    Step onMessage(Bytes message) throws HandshakeException {
        Bytes payload = noise.read(message);
        if (isInitiator) {
            IdentityProof proof = verified(payload);
            return secured(proof, Optional.of(noise.write(identity.payload())));
        }
        if (noise.isComplete()) {
            return secured(verified(payload), Optional.empty());
        }
        // The payload of the first message is in the clear and may be anybody's; it is not looked at.
        return new Step.Answer(noise.write(identity.payload()));
    }

    @Override
    public void close() {
        noise.close();
    }

    private IdentityProof verified(Bytes payload) throws HandshakeException {
        IdentityProof proof = IdentityProof.verified(crypto, payload, noise.theirStatic());
        if (expected != null && !expected.equals(proof.peer())) {
            throw new HandshakeException("the other end is not the peer that was expected");
        }
        if (proof.peer().equals(identity.peer())) {
            throw new HandshakeException("the other end is this host itself");
        }
        return proof;
    }

    private Step secured(IdentityProof proof, Optional<Bytes> lastMessage) throws HandshakeException {
        Optional<String> muxer = agreedMuxer(proof.muxers());
        return new Step.Secured(lastMessage, noise.split(), new NoiseSecured(proof.peer(), noise.hash(), muxer));
    }

    /** The first of the initiator's that both have (connections spec, "Multiplexer Negotiation over Noise"). */
    private Optional<String> agreedMuxer(List<String> theirs) throws HandshakeException {
        if (theirs.isEmpty() || identity.muxers().isEmpty()) {
            return Optional.empty();
        }
        List<String> initiators = isInitiator ? identity.muxers() : theirs;
        List<String> responders = isInitiator ? theirs : identity.muxers();
        Optional<String> agreed =
                initiators.stream().filter(responders::contains).findFirst();
        if (agreed.isEmpty()) {
            throw new HandshakeException("no multiplexer that both ends have");
        }
        return agreed;
    }

    /** What a message led to. */
    sealed interface Step {
        <T> T match(Function<Answer, T> onAnswer, Function<Secured, T> onSecured);

        /** Send {@code message} and go on. */
        record Answer(Bytes message) implements Step {
            @Override
            public <T> T match(Function<Answer, T> onAnswer, Function<Secured, T> onSecured) {
                return onAnswer.apply(this);
            }
        }

        /** Send {@code lastMessage}, if there is one; from then on everything goes through {@code channel}. */
        record Secured(Optional<Bytes> lastMessage, NoiseChannel channel, NoiseSecured outcome) implements Step {
            @Override
            public <T> T match(Function<Answer, T> onAnswer, Function<Secured, T> onSecured) {
                return onSecured.apply(this);
            }
        }
    }
}

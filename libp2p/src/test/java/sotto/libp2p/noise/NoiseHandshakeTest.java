package sotto.libp2p.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.Ed25519KeyPair;
import sotto.libp2p.crypto.X25519KeyPair;
import sotto.libp2p.noise.pb.NoiseExtensions;
import sotto.libp2p.noise.pb.NoiseHandshakePayload;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.Entropy;
import sotto.libp2p.runtime.Seeds;

/** Proves that a handshake ends with the peer that it is held with, or with an exception; and never with anybody else. */
class NoiseHandshakeTest {
    private static final Crypto CRYPTO = CryptoChoice.fastest();
    private static final RandomGenerator RANDOM = Entropy.secure();
    private static final List<String> MUXERS = List.of("/yamux/1.0.0");

    private final Ed25519KeyPair alice = CRYPTO.generateEd25519(RANDOM);
    private final Ed25519KeyPair bob = CRYPTO.generateEd25519(RANDOM);

    @Test
    void tellsEachEndWhoTheOtherIs() throws HandshakeException {
        Outcomes ends = new Ends(initiator(alice, Optional.of(id(bob))), responder(bob)).run();
        assertEquals(id(bob), ends.ofInitiator.peer());
        assertEquals(id(alice), ends.ofResponder.peer());
        assertEquals(ends.ofInitiator.handshakeHash(), ends.ofResponder.handshakeHash());
        assertEquals(Optional.of("/yamux/1.0.0"), ends.ofInitiator.muxer());
        assertEquals(Optional.of("/yamux/1.0.0"), ends.ofResponder.muxer());
    }

    @Test
    void refusesAPeerThatIsNotTheExpectedOne() {
        Ends ends = new Ends(initiator(alice, Optional.of(id(alice))), responder(bob));
        assertThrows(HandshakeException.class, ends::run);
    }

    @Test
    void refusesToTalkToItself() {
        assertThrows(
                HandshakeException.class, () -> new Ends(initiator(alice, Optional.empty()), responder(alice)).run());
    }

    /** Pitfall 33: the signature covers the static key alone, so a payload must be worth nothing beside another static key. */
    @Test
    void refusesThePayloadOfAnotherHandshake() throws HandshakeException {
        Bytes payloadOfBob = identity(bob, MUXERS).payload();

        XxHandshake mallory = xx(false);
        NoiseHandshake victim = initiator(alice, Optional.of(id(bob)));
        mallory.read(victim.begin().orElseThrow());
        Bytes stolen = mallory.write(payloadOfBob);
        assertThrows(HandshakeException.class, () -> victim.onMessage(stolen));

        XxHandshake malloryDialling = xx(true);
        NoiseHandshake dialled = responder(alice);
        answer(dialled, malloryDialling.write(Bytes.EMPTY), malloryDialling);
        Bytes stolenToo = malloryDialling.write(payloadOfBob);
        assertThrows(HandshakeException.class, () -> dialled.onMessage(stolenToo));
    }

    /** Pitfall 33: the responder believes nothing, not even that it talks to anybody, before the third message. */
    @Test
    void doesNotLookAtThePayloadOfTheFirstMessage() throws HandshakeException {
        XxHandshake eve = xx(true);
        NoiseHandshake dialled = responder(alice);
        answer(dialled, eve.write(identity(bob, MUXERS).payload()), eve);
        assertThrows(HandshakeException.class, () -> dialled.onMessage(eve.write(Bytes.EMPTY)));
    }

    @Test
    void refusesASignatureOfSomethingElse() {
        Seeds.forEach(20, random -> {
            X25519KeyPair staticKey = CRYPTO.generateX25519(random);
            Bytes wrong = CRYPTO.sign(bob, Bytes.owning(Seeds.bytes(random, 60)));
            Bytes payload = payload(bob.publicKey().encode(), wrong, MUXERS);
            assertThrows(
                    HandshakeException.class, () -> IdentityProof.verified(CRYPTO, payload, staticKey.publicKey()));
        });
    }

    @Test
    void anyBytesAsPayloadAreRefused() {
        X25519KeyPair staticKey = CRYPTO.generateX25519(RANDOM);
        Seeds.forEach(2_000, random -> {
            Bytes payload = Bytes.owning(Seeds.bytes(random, 200));
            assertThrows(
                    HandshakeException.class, () -> IdentityProof.verified(CRYPTO, payload, staticKey.publicKey()));
        });
    }

    @Test
    void takesTheFirstMultiplexerOfTheInitiatorThatBothHave() throws HandshakeException {
        assertEquals(Optional.of("/b"), agreed(List.of("/a", "/b", "/c"), List.of("/c", "/b")));
    }

    @Test
    void leavesTheMultiplexerToMultistreamWhereOneEndDoesNotNameAny() throws HandshakeException {
        assertEquals(Optional.empty(), agreed(List.of("/a"), List.of()));
    }

    @Test
    void failsWhereTheEndsHaveNoMultiplexerInCommon() {
        assertThrows(HandshakeException.class, () -> agreed(List.of("/a"), List.of("/b")));
    }

    private Optional<String> agreed(List<String> ofInitiator, List<String> ofResponder) throws HandshakeException {
        NoiseHandshake initiator =
                new NoiseHandshake(CRYPTO, RANDOM, identity(alice, ofInitiator), true, Optional.empty());
        NoiseHandshake responder =
                new NoiseHandshake(CRYPTO, RANDOM, identity(bob, ofResponder), false, Optional.empty());
        return new Ends(initiator, responder).run().ofInitiator.muxer();
    }

    private static void answer(NoiseHandshake dialled, Bytes first, XxHandshake other) throws HandshakeException {
        Bytes second = dialled.onMessage(first).match(NoiseHandshake.Step.Answer::message, secured -> Bytes.EMPTY);
        other.read(second);
    }

    private static NoiseHandshake initiator(Ed25519KeyPair key, Optional<PeerId> expected) {
        return new NoiseHandshake(CRYPTO, RANDOM, identity(key, MUXERS), true, expected);
    }

    private static NoiseHandshake responder(Ed25519KeyPair key) {
        return new NoiseHandshake(CRYPTO, RANDOM, identity(key, MUXERS), false, Optional.empty());
    }

    private static NoiseIdentity identity(Ed25519KeyPair key, List<String> muxers) {
        return new NoiseIdentity(CRYPTO, RANDOM, key, muxers);
    }

    private static XxHandshake xx(boolean isInitiator) {
        return new XxHandshake(CRYPTO, isInitiator, CRYPTO.generateX25519(RANDOM), CRYPTO.generateX25519(RANDOM));
    }

    private static PeerId id(Ed25519KeyPair key) {
        return PeerId.of(key.publicKey());
    }

    private static Bytes payload(Bytes key, Bytes signature, List<String> muxers) {
        NoiseHandshakePayload message = NoiseHandshakePayload.newBuilder()
                .setIdentityKey(ByteString.copyFrom(key.asByteBuffer()))
                .setIdentitySig(ByteString.copyFrom(signature.asByteBuffer()))
                .setExtensions(NoiseExtensions.newBuilder().addAllStreamMuxers(muxers))
                .build();
        return Bytes.owning(message.toByteArray());
    }

    /** Two ends of one handshake. */
    private static final class Ends {
        private final NoiseHandshake initiator;
        private final NoiseHandshake responder;

        Ends(NoiseHandshake initiator, NoiseHandshake responder) {
            this.initiator = initiator;
            this.responder = responder;
        }

        Outcomes run() throws HandshakeException {
            Bytes first = initiator.begin().orElseThrow();
            NoiseHandshake.Step.Answer second =
                    assertInstanceOf(NoiseHandshake.Step.Answer.class, responder.onMessage(first));
            NoiseHandshake.Step.Secured atInitiator =
                    assertInstanceOf(NoiseHandshake.Step.Secured.class, initiator.onMessage(second.message()));
            Bytes third = atInitiator.lastMessage().orElseThrow();
            NoiseHandshake.Step.Secured atResponder =
                    assertInstanceOf(NoiseHandshake.Step.Secured.class, responder.onMessage(third));
            return new Outcomes(atInitiator.outcome(), atResponder.outcome());
        }
    }

    private record Outcomes(NoiseSecured ofInitiator, NoiseSecured ofResponder) {}
}

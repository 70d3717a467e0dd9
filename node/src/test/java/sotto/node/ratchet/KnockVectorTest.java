package sotto.node.ratchet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.CryptoException;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.crypto.X25519KeyPair;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.MessageId;
import sotto.node.wire.Addresses;
import sotto.node.wire.KnockBlock;
import sotto.node.wire.KnockPayload;
import sotto.node.wire.Locator;
import sotto.node.wire.PrekeyBundle;
import sotto.node.wire.ScriptedRandom;
import sotto.node.wire.Vector;

/** Proves every intermediate value of the knock against a second implementation (pitfall 3). */
class KnockVectorTest {
    private static final Vector KNOCK = new Vector("knock");
    private static final Vector INVITATION = new Vector("invitation");
    private final Crypto crypto = CryptoChoice.fastest();

    @Test
    void initiatesTheKnockThatTheReferenceGives() throws Exception {
        SentKnock sent = new KnockHandshake(crypto)
                .initiate(
                        sender(),
                        target(),
                        payload(),
                        new ScriptedRandom(KNOCK.bytes("ephemeralPrivate"), KNOCK.bytes("kemMessage")));
        KnockBlock block = KnockBlock.decode(sent.block());
        assertEquals(KNOCK.bytes("ephemeral"), block.offer().ephemeral().bytes());
        assertEquals(KNOCK.bytes("kemCiphertext"), block.offer().kemCiphertext());
        assertEquals(KNOCK.bytes("payload"), payload().encode());
        assertEquals(KNOCK.bytes("sealedAccount"), block.sealedAccount());
        assertEquals(KNOCK.bytes("mac"), block.mac());
        assertEquals(KNOCK.bytes("block"), sent.block());
        assertEquals(KNOCK.secret("pairRoot"), sent.pairRoot());
        assertEquals(new MessageId(KNOCK.text("id")), sent.id());
    }

    @Test
    void opensTheKnockThatTheReferenceGives() throws WireException {
        KnockRecipient recipient = new KnockRecipient(
                new Locator(INVITATION.bytes("locator")),
                recipientIdentity(),
                prekeys(),
                INVITATION.secret("knockKey"));
        KnockOutcome outcome = new KnockHandshake(crypto).accept(recipient, KnockBlock.decode(KNOCK.bytes("block")));
        assertEquals(
                new KnockOutcome.Opened(
                        sender().keys(), payload(), KNOCK.secret("pairRoot"), new MessageId(KNOCK.text("id"))),
                outcome);
    }

    @Test
    void derivesEveryIntermediateValueAsTheReference() throws WireException, CryptoException {
        KnockSchedule schedule = new KnockSchedule(crypto);
        X25519KeyPair ephemeral = crypto.x25519KeyPair(KNOCK.secret("ephemeralPrivate"));
        SecretBytes er =
                crypto.agree(ephemeral.privateKey(), recipientIdentity().keys().agreement());
        SecretBytes ep = crypto.agree(prekeys().x25519().privateKey(), ephemeral.publicKey());
        SecretBytes sp =
                crypto.agree(prekeys().x25519().privateKey(), sender().keys().agreement());
        SecretBytes kem = crypto.decapsulate(prekeys().mlKem(), KNOCK.bytes("kemCiphertext"));
        assertEquals(List.of(KNOCK.secret("er"), KNOCK.secret("ep"), KNOCK.secret("sp")), List.of(er, ep, sp));
        assertEquals(KNOCK.secret("kemSecret"), kem);

        KnockBlock block = KnockBlock.decode(KNOCK.bytes("block"));
        Bytes offer =
                schedule.offerTranscript(recipientIdentity().keys(), prekeys().bundle(), block.offer());
        Bytes full = schedule.fullTranscript(offer, sender().keys());
        assertEquals(KNOCK.bytes("offerTranscript"), offer);
        assertEquals(KNOCK.bytes("fullTranscript"), full);

        SecretBytes offerSecret = KnockSchedule.join(er, ep, kem);
        SecretBytes fullSecret = KnockSchedule.join(sp, er, ep, kem);
        assertEquals(KNOCK.secret("identityKey"), schedule.identityKey(offerSecret, offer));
        assertEquals(KNOCK.secret("payloadKey"), schedule.payloadKey(fullSecret, full));
        assertEquals(KNOCK.secret("pairRoot"), schedule.pairRoot(fullSecret, full));
        assertEquals(new MessageId(KNOCK.text("id")), schedule.id(fullSecret, full));
    }

    @Test
    void growsThePrekeysThatTheReferenceGives() {
        assertEquals(INVITATION.bytes("bundle"), prekeys().bundle().encode());
    }

    private HandshakeIdentity sender() {
        return identity(KNOCK, "sender");
    }

    private HandshakeIdentity recipientIdentity() {
        return identity(INVITATION, "owner");
    }

    private HandshakeIdentity identity(Vector vector, String who) {
        return new HandshakeIdentity(
                crypto.ed25519KeyPair(vector.secret(who + ".signingSeed")).publicKey(),
                crypto.x25519KeyPair(vector.secret(who + ".agreementPrivate")));
    }

    private Prekeys prekeys() {
        return new Prekeys(
                INVITATION.id("prekeyId"),
                crypto.x25519KeyPair(INVITATION.secret("prekeyPrivate")),
                INVITATION.id("kemId"),
                crypto.mlKem768KeyPair(INVITATION.secret("kemSeed")));
    }

    private KnockTarget target() throws WireException {
        return new KnockTarget(
                new Locator(INVITATION.bytes("locator")),
                recipientIdentity().keys(),
                PrekeyBundle.readFrom(new ByteReader(INVITATION.bytes("bundle"))),
                INVITATION.secret("knockKey"));
    }

    private KnockPayload payload() throws WireException {
        Addresses addresses = new Addresses(List.of(Multiaddr.parse(KNOCK.text("address"))));
        return new KnockPayload(KNOCK.text("name"), KNOCK.text("greeting"), addresses);
    }
}

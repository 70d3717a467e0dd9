package sotto.node.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.AccountId;
import sotto.node.directory.InvitationRecord;
import sotto.node.directory.SealedRecord;
import sotto.node.identity.Account;
import sotto.node.ratchet.KnockHandshake;
import sotto.node.ratchet.KnockOutcome;
import sotto.node.ratchet.KnockRecipient;
import sotto.node.ratchet.Prekeys;
import sotto.node.session.SessionBinding;
import sotto.node.session.SessionConfirmation;
import sotto.node.session.SessionException;
import sotto.node.session.SessionHello;
import sotto.node.wire.AskToken;
import sotto.node.wire.KnockBlock;
import sotto.node.wire.KnockPayload;
import sotto.node.wire.Locator;
import sotto.node.wire.RecognitionMessage;
import sotto.node.wire.ScriptedRandom;
import sotto.node.wire.SessionMessage;
import sotto.node.wire.Vector;

/** Proves that what one protocol sends or stores is refused by every other one (pitfall 30). */
class CrossProtocolTest {
    private static final Vector INVITATION = new Vector("invitation");
    private static final Vector KNOCK = new Vector("knock");
    private static final Vector RECOGNITION = new Vector("recognition");
    private static final Vector SESSION = new Vector("session");
    private final Crypto crypto = CryptoChoice.fastest();

    @Test
    void everyBlobIsTakenByItsOwnProtocolAlone() {
        Map<String, Bytes> blobs = blobs();
        Map<String, Acceptance> protocols = protocols();
        blobs.forEach((kind, blob) -> {
            Set<String> takers = new TreeSet<>();
            protocols.forEach((name, protocol) -> {
                if (takes(protocol, blob)) {
                    takers.add(name);
                }
            });
            // A hello is 32 random bytes by definition, so whatever has 32 bytes can be one; the confirmation then
            // fails.
            if (blob.size() == SessionHello.SIZE_BYTES) {
                takers.remove("hello");
            }
            Set<String> expected = kind.equals("hello") ? Set.of() : Set.of(kind);
            assertEquals(expected, takers, kind);
        });
        assertFalse(blobs.isEmpty());
    }

    private static Map<String, Bytes> blobs() {
        Map<String, Bytes> blobs = new LinkedHashMap<>();
        blobs.put("record", INVITATION.bytes("record"));
        blobs.put("invitation", INVITATION.bytes("content"));
        blobs.put("locator", INVITATION.bytes("locator"));
        blobs.put("token", INVITATION.bytes("askToken"));
        blobs.put("knock", KNOCK.bytes("block"));
        blobs.put("payload", KNOCK.bytes("payload"));
        blobs.put("offer", RECOGNITION.bytes("offer"));
        blobs.put("answer", RECOGNITION.bytes("answer"));
        blobs.put("hello", SESSION.bytes("acceptorHello"));
        blobs.put("confirmation", SESSION.bytes("acceptorConfirmation"));
        blobs.put("frame", SESSION.list("acceptorFrames").get(0));
        blobs.put("message", SESSION.bytes("text"));
        blobs.put("account", Bytes.owning(storedAccount().encode().copy()));
        blobs.put("prekeys", Bytes.owning(storedPrekeys().encode().copy()));
        return blobs;
    }

    private Map<String, Acceptance> protocols() {
        Locator locator = new Locator(INVITATION.bytes("locator"));
        Instant now = Instant.ofEpochMilli(INVITATION.number("sequence"));
        AccountId opener = new AccountId(SESSION.text("opener"));
        AccountId acceptor = new AccountId(SESSION.text("acceptor"));
        Map<String, Acceptance> protocols = new LinkedHashMap<>();
        protocols.put("record", blob -> SealedRecord.checked(crypto, blob, locator, now));
        protocols.put("invitation", blob -> InvitationRecord.verified(crypto, record(locator, now), blob));
        protocols.put("locator", Locator::decode);
        protocols.put("token", AskToken::decode);
        protocols.put("knock", blob -> require(opens(blob, locator)));
        protocols.put("payload", KnockPayload::decode);
        protocols.put(
                "offer",
                blob -> require(recognition(acceptor, opener)
                        .answer(RecognitionMessage.decode(blob), new SplittableRandom(1))
                        .recognised()
                        .isPresent()));
        protocols.put(
                "answer",
                blob -> require(recognition(opener, acceptor)
                        .recognised(RecognitionMessage.decode(blob))
                        .isPresent()));
        protocols.put("hello", blob -> hello(opener, acceptor).onHello(blob));
        protocols.put("confirmation", blob -> confirmation(opener, acceptor).onConfirmation(blob));
        protocols.put(
                "frame",
                blob -> confirmation(opener, acceptor)
                        .onConfirmation(SESSION.bytes("acceptorConfirmation"))
                        .open(blob));
        protocols.put("message", blob -> require(!isUnknown(SessionMessage.decode(blob))));
        protocols.put("account", blob -> Account.decode(crypto, blob));
        protocols.put("prekeys", blob -> Prekeys.decode(crypto, blob));
        return protocols;
    }

    private SealedRecord record(Locator locator, Instant now) throws WireException {
        return SealedRecord.checked(crypto, INVITATION.bytes("record"), locator, now);
    }

    private boolean opens(Bytes blob, Locator locator) throws WireException {
        KnockRecipient recipient = new KnockRecipient(
                locator, storedAccount().handshakeIdentity(), storedPrekeys(), INVITATION.secret("knockKey"));
        KnockOutcome outcome = new KnockHandshake(crypto).accept(recipient, KnockBlock.decode(blob));
        return outcome.match(opened -> true, refused -> false);
    }

    private RecognitionTags recognition(AccountId own, AccountId contact) {
        SecretBytes root = RECOGNITION.secret("pairRoot");
        RecognitionTags.Candidate candidate = new RecognitionTags.Candidate(contact, List.of(root));
        return new RecognitionTags(crypto, own, RECOGNITION.bytes("handshakeHash"), List.of(candidate));
    }

    private SessionHello hello(AccountId opener, AccountId acceptor) {
        SessionBinding binding =
                new SessionBinding(SESSION.secret("pairRoot"), SESSION.bytes("handshakeHash"), opener, acceptor, true);
        return new SessionHello(crypto, binding, new ScriptedRandom(SESSION.bytes("openerHello")));
    }

    private SessionConfirmation confirmation(AccountId opener, AccountId acceptor) throws SessionException {
        return hello(opener, acceptor).onHello(SESSION.bytes("acceptorHello"));
    }

    private static Account storedAccount() {
        Crypto crypto = CryptoChoice.fastest();
        return new Account(
                crypto.ed25519KeyPair(INVITATION.secret("owner.signingSeed")),
                crypto.x25519KeyPair(INVITATION.secret("owner.agreementPrivate")));
    }

    private static Prekeys storedPrekeys() {
        Crypto crypto = CryptoChoice.fastest();
        return new Prekeys(
                INVITATION.id("prekeyId"),
                crypto.x25519KeyPair(INVITATION.secret("prekeyPrivate")),
                INVITATION.id("kemId"),
                crypto.mlKem768KeyPair(INVITATION.secret("kemSeed")));
    }

    private static boolean isUnknown(SessionMessage message) {
        return message.match(text -> false, acknowledgement -> false, profile -> false, unknown -> true);
    }

    private static Optional<Boolean> require(boolean isTaken) throws WireException {
        if (!isTaken) {
            throw new WireException("not taken");
        }
        return Optional.of(true);
    }

    private static boolean takes(Acceptance protocol, Bytes blob) {
        try {
            protocol.take(blob);
            return true;
        } catch (WireException | SessionException refused) {
            return false;
        }
    }

    private interface Acceptance {
        Object take(Bytes blob) throws WireException, SessionException;
    }
}

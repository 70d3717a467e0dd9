package sotto.node.ratchet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.MessageId;
import sotto.node.wire.AccountKeys;
import sotto.node.wire.KnockBlock;
import sotto.node.wire.Label;
import sotto.node.wire.PrekeyBundle;

/**
 * The key schedule of the knock ({@code docs/protocol/knock.md}, "Key schedule"): the same functions on both ends, so the ends
 * differ only in how they come by the shared secrets. S is the sender's account key, R the recipient's, E the ephemeral key, P
 * the X25519 prekey. Stateless.
 */
final class KnockSchedule {
    private static final int KEY_BYTES = 32;
    private static final int SENDER = 1;
    private static final int RECIPIENT = 2;

    private final Crypto crypto;

    KnockSchedule(Crypto crypto) {
        this.crypto = crypto;
    }

    /** Everything that is fixed before the sender is known: 32 bytes. */
    Bytes offerTranscript(AccountKeys recipient, PrekeyBundle prekeys, KnockBlock.Offer offer) {
        return crypto.sha256(Label.KNOCK_OFFER_TRANSCRIPT.over(
                KnockBlock.versionAndSuite(),
                offer.locator().bytes(),
                inRole(RECIPIENT, recipient),
                id(prekeys.x25519Id()),
                prekeys.x25519().bytes(),
                id(prekeys.mlKemId()),
                prekeys.mlKem().bytes(),
                offer.ephemeral().bytes(),
                offer.kemCiphertext()));
    }

    /** The whole of it, the sender included: 32 bytes. */
    Bytes fullTranscript(Bytes offerTranscript, AccountKeys sender) {
        return crypto.sha256(Label.KNOCK_FULL_TRANSCRIPT.over(offerTranscript, inRole(SENDER, sender)));
    }

    /** Seals the sender's identity: from ER ‖ EP ‖ KEM, which need no identity of the sender. */
    SecretBytes identityKey(SecretBytes offerSecret, Bytes offerTranscript) {
        return crypto.hkdf(offerSecret, offerTranscript, Label.KNOCK_IDENTITY_KEY.over(), KEY_BYTES);
    }

    /** Seals the payload: from SP ‖ ER ‖ EP ‖ KEM, as everything below. */
    SecretBytes payloadKey(SecretBytes fullSecret, Bytes fullTranscript) {
        return crypto.hkdf(fullSecret, fullTranscript, Label.KNOCK_PAYLOAD_KEY.over(), KEY_BYTES);
    }

    SecretBytes pairRoot(SecretBytes fullSecret, Bytes fullTranscript) {
        return crypto.hkdf(fullSecret, fullTranscript, Label.KNOCK_PAIR_ROOT.over(), KEY_BYTES);
    }

    /** Derived, not drawn, so that it needs no place in the block; 16 bytes that both ends show. */
    MessageId id(SecretBytes fullSecret, Bytes fullTranscript) {
        try (SecretBytes id = crypto.hkdf(fullSecret, fullTranscript, Label.KNOCK_ID.over(), MessageId.SIZE_BYTES)) {
            return new MessageId(Bytes.owning(id.copy()).hex());
        }
    }

    /** The concatenation that goes into the KDF as one input (pitfall 3: never XOR, never one KDF per secret). */
    static SecretBytes join(SecretBytes... parts) {
        ByteBuffer joined = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(SecretBytes::size).sum());
        for (SecretBytes part : parts) {
            part.use(joined::put);
        }
        return SecretBytes.owning(joined.array());
    }

    private static Bytes inRole(int role, AccountKeys account) {
        return new ByteWriter().u8(role).raw(account.encode()).toBytes();
    }

    private static Bytes id(int id) {
        return new ByteWriter().u32(id).toBytes();
    }
}

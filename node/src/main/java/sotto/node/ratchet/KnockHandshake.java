package sotto.node.ratchet;

import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Aead;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoException;
import sotto.libp2p.crypto.MlKem768Encapsulation;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.crypto.X25519KeyPair;
import sotto.node.wire.AccountKeys;
import sotto.node.wire.KnockBlock;
import sotto.node.wire.KnockPayload;
import sotto.node.wire.Padded;

/**
 * The knock: a hybrid asynchronous handshake in PQXDH's shape (X25519 with ML-KEM-768), by which somebody who holds an
 * invitation code says who they are and both ends come to share a pair root ({@code docs/protocol/knock.md}).
 *
 * <p>How to drive it. <em>Knocking:</em> open the invitation's record, {@link #initiate}, store the {@link SentKnock}, send its
 * block until recognition with its pair root succeeds. <em>Inviting:</em> answer {@link KnockBlock#ANSWER} as soon as a block is
 * complete, whatever it is; then decode it, find the invitation of its locator, drop it if its ephemeral key was consumed
 * before, {@link #accept}, and in one transaction remember the ephemeral key with the prekeys and store what was opened.
 *
 * <p>Confidential and forward secret against a recorder with a quantum computer; authentication is classical. Deniable: nothing
 * is signed. Stateless and thread-safe as far as {@link Crypto} is.
 */
public final class KnockHandshake {
    /** Every key of the schedule seals once, so the nonce can be constant. */
    private static final Bytes NONCE = Bytes.owning(new byte[Crypto.AEAD_NONCE_BYTES]);

    private final Crypto crypto;
    private final KnockSchedule schedule;

    public KnockHandshake(Crypto crypto) {
        this.crypto = crypto;
        this.schedule = new KnockSchedule(crypto);
    }

    /**
     * A knock of {@code sender} at {@code target}, with a fresh ephemeral key.
     *
     * @throws HandshakeException if a key of the target is not one that can be used
     */
    public SentKnock initiate(
            HandshakeIdentity sender, KnockTarget target, KnockPayload payload, RandomGenerator random)
            throws HandshakeException {
        try (X25519KeyPair ephemeral = crypto.generateX25519(random)) {
            MlKem768Encapsulation kem = crypto.encapsulate(target.prekeys().mlKem(), random);
            try (SecretBytes kemSecret = kem.sharedSecret();
                    SecretBytes er = crypto.agree(
                            ephemeral.privateKey(), target.account().agreement());
                    SecretBytes ep = crypto.agree(
                            ephemeral.privateKey(), target.prekeys().x25519());
                    SecretBytes sp = crypto.agree(
                            sender.agreement().privateKey(), target.prekeys().x25519());
                    SecretBytes offerSecret = KnockSchedule.join(er, ep, kemSecret);
                    SecretBytes fullSecret = KnockSchedule.join(sp, er, ep, kemSecret)) {
                KnockBlock.Offer offer = new KnockBlock.Offer(
                        target.locator(),
                        target.prekeys().x25519Id(),
                        target.prekeys().mlKemId(),
                        ephemeral.publicKey(),
                        kem.ciphertext());
                return seal(new Draft(sender.keys(), target, payload, offer), offerSecret, fullSecret);
            }
        } catch (CryptoException unusable) {
            throw new HandshakeException("the invitation's keys cannot be used", unusable);
        }
    }

    private SentKnock seal(Draft draft, SecretBytes offerSecret, SecretBytes fullSecret) {
        KnockTarget target = draft.target();
        Bytes offerTranscript = schedule.offerTranscript(target.account(), target.prekeys(), draft.offer());
        Bytes fullTranscript = schedule.fullTranscript(offerTranscript, draft.sender());
        Bytes sealedAccount = sealOnce(
                schedule.identityKey(offerSecret, offerTranscript),
                offerTranscript,
                draft.sender().encode());
        Bytes padded = Padded.pad(draft.payload().encode(), KnockBlock.SEALED_PAYLOAD_BYTES - Crypto.AEAD_TAG_BYTES);
        Bytes sealedPayload = sealOnce(schedule.payloadKey(fullSecret, fullTranscript), fullTranscript, padded);
        Bytes mac =
                crypto.hmacSha256(target.knockKey(), KnockBlock.macInput(draft.offer(), sealedAccount, sealedPayload));
        KnockBlock block = new KnockBlock(mac, draft.offer(), sealedAccount, sealedPayload);
        SecretBytes pairRoot = schedule.pairRoot(fullSecret, fullTranscript);
        return new SentKnock(block.encode(), pairRoot, schedule.id(fullSecret, fullTranscript));
    }

    /**
     * Opens a knock at {@code recipient}. Changes nothing: whether it was seen before is for the caller to know. The MAC is
     * checked first, so that who does not hold the code costs one hash and no key agreement.
     */
    public KnockOutcome accept(KnockRecipient recipient, KnockBlock block) {
        Bytes mac = crypto.hmacSha256(recipient.knockKey(), block.macInput());
        if (!MessageDigest.isEqual(mac.toArray(), block.mac().toArray()) || !isFor(recipient, block.offer())) {
            return new KnockOutcome.Refused();
        }
        try {
            return open(recipient, block);
        } catch (CryptoException | WireException notAuthentic) {
            return new KnockOutcome.Refused();
        }
    }

    private static boolean isFor(KnockRecipient recipient, KnockBlock.Offer offer) {
        return offer.locator().equals(recipient.locator())
                && offer.x25519Id() == recipient.prekeys().x25519Id()
                && offer.mlKemId() == recipient.prekeys().mlKemId();
    }

    private KnockOutcome open(KnockRecipient recipient, KnockBlock block) throws CryptoException, WireException {
        KnockBlock.Offer offer = block.offer();
        Prekeys prekeys = recipient.prekeys();
        AccountKeys own = recipient.identity().keys();
        Bytes offerTranscript = schedule.offerTranscript(own, prekeys.bundle(), offer);
        try (SecretBytes er = crypto.agree(recipient.identity().agreement().privateKey(), offer.ephemeral());
                SecretBytes ep = crypto.agree(prekeys.x25519().privateKey(), offer.ephemeral());
                SecretBytes kemSecret = crypto.decapsulate(prekeys.mlKem(), offer.kemCiphertext());
                SecretBytes offerSecret = KnockSchedule.join(er, ep, kemSecret)) {
            SecretBytes identityKey = schedule.identityKey(offerSecret, offerTranscript);
            AccountKeys sender = AccountKeys.decode(openOnce(identityKey, offerTranscript, block.sealedAccount()));
            if (sender.equals(own)) {
                throw new WireException("a knock of our own account");
            }
            Bytes fullTranscript = schedule.fullTranscript(offerTranscript, sender);
            try (SecretBytes sp = crypto.agree(prekeys.x25519().privateKey(), sender.agreement());
                    SecretBytes fullSecret = KnockSchedule.join(sp, er, ep, kemSecret)) {
                Bytes padded = openOnce(
                        schedule.payloadKey(fullSecret, fullTranscript), fullTranscript, block.sealedPayload());
                KnockPayload payload = KnockPayload.decode(Padded.unpad(padded));
                SecretBytes pairRoot = schedule.pairRoot(fullSecret, fullTranscript);
                return new KnockOutcome.Opened(sender, payload, pairRoot, schedule.id(fullSecret, fullTranscript));
            }
        }
    }

    private Bytes sealOnce(SecretBytes key, Bytes associatedData, Bytes plaintext) {
        try (key;
                Aead aead = crypto.chaCha20Poly1305(key)) {
            return aead.seal(NONCE, associatedData, plaintext);
        }
    }

    private Bytes openOnce(SecretBytes key, Bytes associatedData, Bytes ciphertext) throws CryptoException {
        try (key;
                Aead aead = crypto.chaCha20Poly1305(key)) {
            return aead.open(NONCE, associatedData, ciphertext);
        }
    }

    private record Draft(AccountKeys sender, KnockTarget target, KnockPayload payload, KnockBlock.Offer offer) {}
}

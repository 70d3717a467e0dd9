package sotto.node.ratchet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Aead;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.CryptoException;
import sotto.libp2p.crypto.MlKem768Encapsulation;
import sotto.libp2p.crypto.MlKem768PublicKey;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.crypto.X25519KeyPair;
import sotto.libp2p.crypto.X25519PublicKey;
import sotto.libp2p.runtime.Seeds;
import sotto.node.wire.AccountKeys;
import sotto.node.wire.Addresses;
import sotto.node.wire.KnockBlock;
import sotto.node.wire.KnockPayload;
import sotto.node.wire.Locator;
import sotto.node.wire.Padded;
import sotto.node.wire.PrekeyBundle;

/** Proves that a knock opens for whom it was made and for nobody else, against the attacks of pitfalls 1 to 11. */
class KnockHandshakeTest {
    private static final KnockOutcome REFUSED = new KnockOutcome.Refused();
    private static final KnockPayload PAYLOAD = new KnockPayload("Alice", "hello", Addresses.NONE);

    /** Every encoding of a point of small order, the non-canonical ones and the ignored top bit included (RFC 7748 §6.1). */
    private static final List<String> SMALL_ORDER = List.of(
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");

    private final Crypto crypto = CryptoChoice.fastest();
    private final SplittableRandom random = new SplittableRandom(7);
    private final KnockHandshake handshake = new KnockHandshake(crypto);
    private final KnockSchedule schedule = new KnockSchedule(crypto);
    private final HandshakeIdentity alice = identity();
    private final HandshakeIdentity bob = identity();
    private final Prekeys prekeys = Prekeys.generate(crypto, random);
    private final Locator locator = new Locator(Bytes.owning(new byte[Locator.SIZE_BYTES]));
    private final SecretBytes knockKey = SecretBytes.random(32, random);
    private final KnockRecipient recipient = new KnockRecipient(locator, bob, prekeys, knockKey);
    private final KnockTarget target = new KnockTarget(locator, bob.keys(), prekeys.bundle(), knockKey);

    @Test
    void bothEndsComeToTheSamePairRootAndId() throws Exception {
        SentKnock sent = handshake.initiate(alice, target, PAYLOAD, random);
        assertEquals(
                new KnockOutcome.Opened(alice.keys(), PAYLOAD, sent.pairRoot(), sent.id()),
                handshake.accept(recipient, KnockBlock.decode(sent.block())));
    }

    @Test
    void everyKnockHasOneSizeAndItsOwnKeys() throws Exception {
        SentKnock one = handshake.initiate(alice, target, PAYLOAD, random);
        KnockPayload longest = new KnockPayload("n".repeat(64), "g".repeat(1_000), Addresses.NONE);
        SentKnock other = handshake.initiate(alice, target, longest, random);
        assertEquals(
                List.of(8_192, 8_192), List.of(one.block().size(), other.block().size()));
        assertNotEquals(one.pairRoot(), other.pairRoot());
        assertNotEquals(one.id(), other.id());
    }

    @Test
    void aReplayOpensToTheSameIdAndEphemeralKeySoThatItCanBeKnown() throws Exception {
        KnockBlock block = knock();
        for (int i = 0; i < 10; i++) {
            assertEquals(handshake.accept(recipient, block), handshake.accept(recipient, block));
        }
        assertNotEquals(block.offer().ephemeral(), knock().offer().ephemeral());
    }

    @Test
    void everyFlippedBitIsRefused() throws Exception {
        Bytes block = knock().encode();
        for (int i = 2; i < block.size(); i++) {
            byte[] flipped = block.toArray();
            flipped[i] ^= (byte) (1 << i % 8);
            assertEquals(REFUSED, handshake.accept(recipient, KnockBlock.decode(Bytes.owning(flipped))), "byte " + i);
        }
    }

    @Test
    void everyBitFlippedByAnotherHolderOfTheCodeIsRefused() {
        Seeds.forEach(300, seeded -> {
            byte[] flipped = knock().encode().toArray();
            int first = 2 + KnockBlock.MAC_BYTES;
            flipped[first + seeded.nextInt(flipped.length - first)] ^= (byte) (1 << seeded.nextInt(8));
            KnockBlock block = KnockBlock.decode(Bytes.owning(flipped));
            assertEquals(REFUSED, handshake.accept(recipient, withMac(block)));
        });
    }

    @Test
    void theMacIsCheckedBeforeAnyKeyIsAgreed() throws Exception {
        Crypto macOnly = (Crypto) Proxy.newProxyInstance(
                Crypto.class.getClassLoader(), new Class<?>[] {Crypto.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("hmacSha256")) {
                        throw new AssertionError(method.getName() + " before the MAC was right");
                    }
                    return method.invoke(crypto, arguments);
                });
        KnockRecipient other = new KnockRecipient(locator, bob, prekeys, SecretBytes.random(32, random));
        assertEquals(REFUSED, new KnockHandshake(macOnly).accept(other, knock()));
        assertThrows(AssertionError.class, () -> new KnockHandshake(macOnly).accept(recipient, knock()));
    }

    @Test
    void refusesAKnockForAnotherInvitation() throws Exception {
        KnockBlock block = knock();
        byte[] elsewhere = new byte[Locator.SIZE_BYTES];
        elsewhere[0] = 1;
        Locator other = new Locator(Bytes.owning(elsewhere));
        assertEquals(REFUSED, handshake.accept(new KnockRecipient(other, bob, prekeys, knockKey), block));
        Prekeys others = Prekeys.generate(crypto, random);
        assertEquals(REFUSED, handshake.accept(new KnockRecipient(locator, bob, others, knockKey), block));
    }

    @Test
    void prekeysSwappedBetweenSlotsOrUnderOtherIdsAreRefused() throws Exception {
        PrekeyBundle ours = prekeys.bundle();
        Prekeys other = Prekeys.generate(crypto, random);
        List<PrekeyBundle> confused = List.of(
                new PrekeyBundle(ours.mlKemId(), ours.x25519(), ours.x25519Id(), ours.mlKem()),
                new PrekeyBundle(ours.x25519Id(), bob.keys().agreement(), ours.mlKemId(), ours.mlKem()),
                new PrekeyBundle(ours.x25519Id(), other.bundle().x25519(), ours.mlKemId(), ours.mlKem()),
                new PrekeyBundle(
                        ours.x25519Id(),
                        ours.x25519(),
                        ours.mlKemId(),
                        other.bundle().mlKem()));
        for (PrekeyBundle bundle : confused) {
            KnockTarget wrong = new KnockTarget(locator, bob.keys(), bundle, knockKey);
            SentKnock sent = handshake.initiate(alice, wrong, PAYLOAD, random);
            assertEquals(REFUSED, handshake.accept(recipient, KnockBlock.decode(sent.block())));
        }
    }

    @Test
    void aSecretEncapsulatedAgainToAnotherKeyGivesOtherKeys() throws Exception {
        KnockBlock.Offer offer = knock().offer();
        Prekeys leaked = Prekeys.generate(crypto, random);
        PrekeyBundle ours = prekeys.bundle();
        PrekeyBundle withLeaked = new PrekeyBundle(
                ours.x25519Id(), ours.x25519(), ours.mlKemId(), leaked.bundle().mlKem());
        MlKem768Encapsulation again = crypto.encapsulate(leaked.bundle().mlKem(), random);
        KnockBlock.Offer reencapsulated =
                new KnockBlock.Offer(locator, offer.x25519Id(), offer.mlKemId(), offer.ephemeral(), again.ciphertext());
        Bytes one = schedule.offerTranscript(bob.keys(), ours, offer);
        Bytes otherKey = schedule.offerTranscript(bob.keys(), withLeaked, offer);
        Bytes otherCiphertext = schedule.offerTranscript(bob.keys(), ours, reencapsulated);
        SecretBytes same = SecretBytes.random(128, random);
        SecretBytes root = schedule.pairRoot(same, schedule.fullTranscript(one, alice.keys()));
        assertNotEquals(root, schedule.pairRoot(same, schedule.fullTranscript(otherKey, alice.keys())));
        assertNotEquals(root, schedule.pairRoot(same, schedule.fullTranscript(otherCiphertext, alice.keys())));
    }

    @Test
    void refusesPointsOfSmallOrderInEverySlotOfTheSender() throws Exception {
        for (String point : SMALL_ORDER) {
            X25519PublicKey small = new X25519PublicKey(Bytes.ofHex(point));
            KnockBlock honest = knock();
            KnockBlock.Offer offer = honest.offer();
            KnockBlock.Offer smallEphemeral =
                    new KnockBlock.Offer(locator, offer.x25519Id(), offer.mlKemId(), small, offer.kemCiphertext());
            KnockBlock block =
                    new KnockBlock(honest.mac(), smallEphemeral, honest.sealedAccount(), honest.sealedPayload());
            assertEquals(REFUSED, handshake.accept(recipient, withMac(block)), "ephemeral " + point);
            AccountKeys smallIdentity = new AccountKeys(alice.signing(), small);
            KnockBlock posing = forge(smallIdentity, SecretBytes.owning(new byte[32]));
            assertEquals(REFUSED, handshake.accept(recipient, posing), "identity " + point);
        }
    }

    @Test
    void doesNotKnockAtPointsOfSmallOrder() {
        PrekeyBundle ours = prekeys.bundle();
        for (String point : SMALL_ORDER) {
            X25519PublicKey small = new X25519PublicKey(Bytes.ofHex(point));
            AccountKeys account = new AccountKeys(bob.signing(), small);
            PrekeyBundle bundle = new PrekeyBundle(ours.x25519Id(), small, ours.mlKemId(), ours.mlKem());
            for (KnockTarget bad : List.of(
                    new KnockTarget(locator, account, ours, knockKey),
                    new KnockTarget(locator, bob.keys(), bundle, knockKey))) {
                assertThrows(HandshakeException.class, () -> handshake.initiate(alice, bad, PAYLOAD, random), point);
            }
        }
    }

    @Test
    void doesNotKnockAtAMalformedKemKey() {
        PrekeyBundle ours = prekeys.bundle();
        byte[] beyondModulus = ours.mlKem().bytes().toArray();
        beyondModulus[0] = (byte) 0xff;
        beyondModulus[1] |= 0x0f;
        PrekeyBundle bundle = new PrekeyBundle(
                ours.x25519Id(), ours.x25519(), ours.mlKemId(), new MlKem768PublicKey(Bytes.owning(beyondModulus)));
        KnockTarget bad = new KnockTarget(locator, bob.keys(), bundle, knockKey);
        assertThrows(HandshakeException.class, () -> handshake.initiate(alice, bad, PAYLOAD, random));
    }

    @Test
    void aWrongKemCiphertextIsRefusedAsEverythingElse() throws Exception {
        KnockBlock honest = knock();
        KnockBlock.Offer offer = honest.offer();
        byte[] ciphertext = offer.kemCiphertext().toArray();
        ciphertext[17] ^= 1;
        KnockBlock.Offer wrong = new KnockBlock.Offer(
                locator, offer.x25519Id(), offer.mlKemId(), offer.ephemeral(), Bytes.owning(ciphertext));
        KnockBlock block = new KnockBlock(honest.mac(), wrong, honest.sealedAccount(), honest.sealedPayload());
        assertEquals(REFUSED, handshake.accept(recipient, withMac(block)));
    }

    @Test
    void bobsAccountKeyWithoutHisPrekeyDoesNotLetAnybodyPoseAsAlice() throws Exception {
        // What Mallory can compute of SP without Alice's key and without the prekey: nothing better than these.
        SecretBytes bobWithAlice =
                crypto.agree(bob.agreement().privateKey(), alice.keys().agreement());
        SecretBytes bobWithPrekey =
                crypto.agree(bob.agreement().privateKey(), prekeys.bundle().x25519());
        for (SecretBytes guess : List.of(bobWithAlice, bobWithPrekey, SecretBytes.owning(new byte[32]))) {
            assertEquals(REFUSED, handshake.accept(recipient, forge(alice.keys(), guess)));
        }
        SecretBytes right =
                crypto.agree(alice.agreement().privateKey(), prekeys.bundle().x25519());
        assertNotEquals(
                REFUSED, handshake.accept(recipient, forge(alice.keys(), right)), "the forgery itself is sound");
    }

    @Test
    void bobsPrekeysShownAsMallorysLeadToNoKnockAtBob() throws Exception {
        HandshakeIdentity mallory = identity();
        KnockTarget shown = new KnockTarget(locator, mallory.keys(), prekeys.bundle(), knockKey);
        SentKnock atMallory = handshake.initiate(alice, shown, PAYLOAD, random);
        assertEquals(REFUSED, handshake.accept(recipient, KnockBlock.decode(atMallory.block())));
        // Even with Bob's agreement key in Mallory's account, since the transcript binds the whole account.
        AccountKeys mixed = new AccountKeys(mallory.signing(), bob.keys().agreement());
        KnockTarget dressed = new KnockTarget(locator, mixed, prekeys.bundle(), knockKey);
        SentKnock atMixed = handshake.initiate(alice, dressed, PAYLOAD, random);
        assertEquals(REFUSED, handshake.accept(recipient, KnockBlock.decode(atMixed.block())));
    }

    @Test
    void refusesAKnockOfOurOwn() throws Exception {
        SentKnock own = handshake.initiate(bob, target, PAYLOAD, random);
        assertEquals(REFUSED, handshake.accept(recipient, KnockBlock.decode(own.block())));
    }

    @Test
    void prekeysComeBackFromStorageAsSeedsOnly() throws WireException {
        Bytes encoded = Bytes.owning(prekeys.encode().copy());
        assertEquals(prekeys, Prekeys.decode(crypto, encoded));
        // FIPS 203's expanded decapsulation key of 2,400 bytes in the place of the seed.
        Bytes expanded = Bytes.concat(encoded.slice(0, 41), Bytes.owning(new byte[2_400]));
        assertThrows(WireException.class, () -> Prekeys.decode(crypto, expanded));
        Bytes newer =
                new ByteWriter().u8(2).raw(encoded.slice(1, encoded.size())).toBytes();
        assertThrows(WireException.class, () -> Prekeys.decode(crypto, newer));
    }

    @Test
    void showsNoSecretWhenPrinted() throws Exception {
        SentKnock sent = handshake.initiate(alice, target, PAYLOAD, random);
        KnockOutcome opened = handshake.accept(recipient, KnockBlock.decode(sent.block()));
        String root = Bytes.owning(sent.pairRoot().copy()).hex();
        String prekey = Bytes.owning(prekeys.x25519().privateKey().copy()).hex();
        for (Object printed : List.of(sent, opened, recipient, target, prekeys)) {
            assertFalse(printed.toString().contains(root) || printed.toString().contains(prekey), printed.toString());
        }
    }

    private KnockBlock knock() throws HandshakeException, WireException {
        return KnockBlock.decode(
                handshake.initiate(alice, target, PAYLOAD, random).block());
    }

    /** A knock by somebody who holds the code, names {@code sender} and has {@code sp} for the agreement of sender and prekey. */
    private KnockBlock forge(AccountKeys sender, SecretBytes sp) throws CryptoException {
        X25519KeyPair ephemeral = crypto.generateX25519(random);
        MlKem768Encapsulation kem = crypto.encapsulate(prekeys.bundle().mlKem(), random);
        SecretBytes er = crypto.agree(ephemeral.privateKey(), bob.keys().agreement());
        SecretBytes ep = crypto.agree(ephemeral.privateKey(), prekeys.bundle().x25519());
        KnockBlock.Offer offer = new KnockBlock.Offer(
                locator, prekeys.x25519Id(), prekeys.mlKemId(), ephemeral.publicKey(), kem.ciphertext());
        Bytes offerTranscript = schedule.offerTranscript(bob.keys(), prekeys.bundle(), offer);
        Bytes fullTranscript = schedule.fullTranscript(offerTranscript, sender);
        SecretBytes offerSecret = KnockSchedule.join(er, ep, kem.sharedSecret());
        SecretBytes fullSecret = KnockSchedule.join(sp, er, ep, kem.sharedSecret());
        Bytes account = seal(schedule.identityKey(offerSecret, offerTranscript), offerTranscript, sender.encode());
        Bytes padded = Padded.pad(PAYLOAD.encode(), KnockBlock.SEALED_PAYLOAD_BYTES - Crypto.AEAD_TAG_BYTES);
        Bytes payload = seal(schedule.payloadKey(fullSecret, fullTranscript), fullTranscript, padded);
        return withMac(new KnockBlock(Bytes.owning(new byte[32]), offer, account, payload));
    }

    private KnockBlock withMac(KnockBlock block) {
        Bytes mac = crypto.hmacSha256(knockKey, block.macInput());
        return new KnockBlock(mac, block.offer(), block.sealedAccount(), block.sealedPayload());
    }

    private Bytes seal(SecretBytes key, Bytes associatedData, Bytes plaintext) {
        try (Aead aead = crypto.chaCha20Poly1305(key)) {
            return aead.seal(Bytes.owning(new byte[12]), associatedData, plaintext);
        }
    }

    private HandshakeIdentity identity() {
        return new HandshakeIdentity(crypto.generateEd25519(random).publicKey(), crypto.generateX25519(random));
    }
}

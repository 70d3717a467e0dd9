package sotto.node.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.Seeds;
import sotto.node.wire.AccountKeys;
import sotto.node.wire.Addresses;
import sotto.node.wire.InvitationCertificate;
import sotto.node.wire.Locator;
import sotto.node.wire.PrekeyBundle;
import sotto.node.wire.ScriptedRandom;
import sotto.node.wire.Vector;

/** Proves that a record can be checked by anybody, read by who holds the code, and written by its owner alone (pitfalls 11 and 22). */
class SealedRecordTest {
    private static final Vector VECTOR = new Vector("invitation");
    private final Crypto crypto = CryptoChoice.fastest();
    private final Locator locator = new Locator(VECTOR.bytes("locator"));
    private final Instant expiresAt = Instant.ofEpochMilli(VECTOR.number("recordExpires"));
    private final Instant now = expiresAt.minus(SealedRecord.LIFETIME);
    private final DirectoryKey key = DirectoryKey.decode(crypto, VECTOR.bytes("directorySeed"));
    private final InvitationSecret secret = new InvitationSecret(VECTOR.secret("secret"));

    @Test
    void sealsTheRecordThatTheReferenceGives() throws WireException {
        assertEquals(locator, key.locator(crypto));
        assertEquals(VECTOR.secret("readKey"), secret.readKey(crypto, locator));
        assertEquals(VECTOR.secret("knockKey"), secret.knockKey(crypto, locator));
        assertEquals(VECTOR.bytes("askToken"), secret.askToken(crypto, locator).bytes());
        assertEquals(VECTOR.bytes("content"), invitation().encode());
        SealedRecord record =
                SealedRecord.seal(crypto, draft(VECTOR.bytes("content")), new ScriptedRandom(VECTOR.bytes("salt")));
        assertEquals(VECTOR.bytes("record"), record.encoded());
    }

    @Test
    void opensAndVerifiesTheRecordThatTheReferenceGives() throws WireException {
        SealedRecord record = SealedRecord.checked(crypto, VECTOR.bytes("record"), locator, now);
        assertEquals(VECTOR.number("sequence"), record.sequence());
        assertEquals(expiresAt, record.expiresAt());
        Bytes content = record.open(crypto, secret.readKey(crypto, locator));
        assertEquals(invitation(), InvitationRecord.verified(crypto, record, content));
    }

    @Test
    void everyFlippedBitIsNoticedWithoutTheSecret() {
        Seeds.forEach(300, random -> {
            byte[] record = VECTOR.bytes("record").toArray();
            record[random.nextInt(record.length)] ^= (byte) (1 << random.nextInt(8));
            Bytes flipped = Bytes.owning(record);
            assertThrows(WireException.class, () -> SealedRecord.checked(crypto, flipped, locator, now));
        });
    }

    @Test
    void refusesEveryOtherSize() {
        Bytes record = VECTOR.bytes("record");
        for (Bytes other : List.of(
                Bytes.EMPTY, record.slice(0, 4_095), Bytes.concat(record, Bytes.ofHex("00")), record.slice(0, 96))) {
            assertThrows(WireException.class, () -> SealedRecord.checked(crypto, other, locator, now));
        }
    }

    @Test
    void refusesARecordThatExpiredOrExpiresTooFarAhead() throws WireException {
        Bytes record = VECTOR.bytes("record");
        Duration grace = SealedRecord.CLOCK_GRACE;
        Instant last = expiresAt.plus(grace);
        Instant first = expiresAt.minus(SealedRecord.LIFETIME_MAX).minus(grace);
        SealedRecord.checked(crypto, record, locator, last);
        SealedRecord.checked(crypto, record, locator, first);
        for (Instant at : List.of(last.plusMillis(1), first.minusMillis(1), Instant.EPOCH)) {
            assertThrows(WireException.class, () -> SealedRecord.checked(crypto, record, locator, at));
        }
    }

    @Test
    void whoHoldsTheCodeCannotMakeARecordThatBelongsThere() {
        DirectoryKey reader = DirectoryKey.generate(crypto, new SplittableRandom(3));
        SecretBytes readKey = secret.readKey(crypto, locator);
        SealedRecord.Draft draft = new SealedRecord.Draft(reader, readKey, Long.MAX_VALUE, expiresAt, Bytes.EMPTY);
        Bytes forged = SealedRecord.seal(crypto, draft, new SplittableRandom(4)).encoded();
        assertThrows(WireException.class, () -> SealedRecord.checked(crypto, forged, locator, now));
        // With the true directory key in front the hash is right, and the signature is not.
        Bytes dressed = Bytes.concat(key.publicKey().bytes(), forged.slice(32, forged.size()));
        assertThrows(WireException.class, () -> SealedRecord.checked(crypto, dressed, locator, now));
    }

    @Test
    void theReadKeyOfAnotherCodeDoesNotOpenIt() throws WireException {
        SealedRecord record = SealedRecord.checked(crypto, VECTOR.bytes("record"), locator, now);
        SecretBytes other = InvitationSecret.generate(new SplittableRandom(5)).readKey(crypto, locator);
        assertThrows(WireException.class, () -> record.open(crypto, other));
        assertThrows(WireException.class, () -> record.open(crypto, secret.knockKey(crypto, locator)));
    }

    @Test
    void twoVersionsShareNoCiphertext() {
        SplittableRandom random = new SplittableRandom(6);
        Bytes one = SealedRecord.seal(crypto, draft(Bytes.EMPTY), random).encoded();
        Bytes other = SealedRecord.seal(crypto, draft(Bytes.EMPTY), random).encoded();
        assertNotEquals(one.slice(72, 88), other.slice(72, 88));
    }

    @Test
    void holdsAsMuchAsItSaysAndRefusesOneByteMore() throws WireException {
        Bytes most = Bytes.owning(new byte[SealedRecord.CONTENT_BYTES_MAX]);
        SealedRecord record = SealedRecord.seal(crypto, draft(most), new SplittableRandom(7));
        assertEquals(most, record.open(crypto, secret.readKey(crypto, locator)));
        Bytes more = Bytes.owning(new byte[SealedRecord.CONTENT_BYTES_MAX + 1]);
        assertThrows(
                IllegalArgumentException.class, () -> SealedRecord.seal(crypto, draft(more), new SplittableRandom(8)));
    }

    @Test
    void holdsTheLargestInvitation() throws WireException {
        List<Multiaddr> addresses = Stream.of("q", "w", "e", "r", "t", "z", "u", "i", "o", "p")
                .map(letter -> address("/dns4/" + letter.repeat(186) + "/tcp/1"))
                .toList();
        InvitationRecord largest = new InvitationRecord(
                invitation().certificate(), VECTOR.bytes("signature"), "n".repeat(64), new Addresses(addresses));
        SealedRecord record = SealedRecord.seal(crypto, draft(largest.encode()), new SplittableRandom(9));
        Bytes content = record.open(crypto, secret.readKey(crypto, locator));
        assertEquals(largest, InvitationRecord.verified(crypto, record, content));
    }

    @Test
    void prekeysOfOneAccountAreNotShownAsThoseOfAnother() throws WireException {
        InvitationRecord bobs = invitation();
        AccountKeys mallory = new AccountKeys(
                crypto.generateEd25519(new SplittableRandom(10)).publicKey(),
                bobs.certificate().account().agreement());
        assertSignatureRefused(with(
                bobs, mallory, bobs.certificate().prekeys(), bobs.certificate().expiresAt()));
    }

    @Test
    void theAccountSignsEveryPrekeyItsIdAndTheExpiry() throws WireException {
        InvitationRecord bobs = invitation();
        InvitationCertificate signed = bobs.certificate();
        PrekeyBundle keys = signed.prekeys();
        PrekeyBundle otherId = new PrekeyBundle(keys.x25519Id() + 1, keys.x25519(), keys.mlKemId(), keys.mlKem());
        PrekeyBundle swappedIds = new PrekeyBundle(keys.mlKemId(), keys.x25519(), keys.x25519Id(), keys.mlKem());
        PrekeyBundle otherKey =
                new PrekeyBundle(keys.x25519Id(), signed.account().agreement(), keys.mlKemId(), keys.mlKem());
        for (PrekeyBundle bundle : List.of(otherId, swappedIds, otherKey)) {
            assertSignatureRefused(with(bobs, signed.account(), bundle, signed.expiresAt()));
        }
        assertSignatureRefused(
                with(bobs, signed.account(), keys, signed.expiresAt().plusMillis(1)));
    }

    @Test
    void aCertificateForOneDirectoryKeyIsNoneForAnother() throws WireException {
        DirectoryKey other = DirectoryKey.generate(crypto, new SplittableRandom(11));
        SealedRecord.Draft draft =
                new SealedRecord.Draft(other, VECTOR.secret("readKey"), 1, expiresAt, VECTOR.bytes("content"));
        SealedRecord record = SealedRecord.seal(crypto, draft, new SplittableRandom(12));
        Bytes content = record.open(crypto, VECTOR.secret("readKey"));
        assertThrows(WireException.class, () -> InvitationRecord.verified(crypto, record, content));
    }

    @Test
    void anyContentIsAnInvitationOrRefused() {
        Seeds.forEach(1_000, random -> {
            byte[] content = VECTOR.bytes("content").toArray();
            content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
            Bytes flipped = Bytes.owning(content).slice(0, content.length - random.nextInt(2));
            Bytes again;
            try {
                again = InvitationRecord.decode(key.publicKey(), flipped).encode();
            } catch (WireException refused) {
                return;
            }
            assertEquals(flipped, again);
        });
    }

    private void assertSignatureRefused(InvitationRecord invitation) throws WireException {
        SealedRecord record = SealedRecord.seal(crypto, draft(invitation.encode()), new SplittableRandom(13));
        Bytes content = record.open(crypto, secret.readKey(crypto, locator));
        assertThrows(WireException.class, () -> InvitationRecord.verified(crypto, record, content));
    }

    private InvitationRecord with(InvitationRecord from, AccountKeys account, PrekeyBundle prekeys, Instant expiry) {
        return new InvitationRecord(
                new InvitationCertificate(account, key.publicKey(), prekeys, expiry),
                from.signature(),
                from.name(),
                from.addresses());
    }

    private InvitationRecord invitation() throws WireException {
        AccountKeys owner = new AccountKeys(
                crypto.ed25519KeyPair(VECTOR.secret("owner.signingSeed")).publicKey(),
                crypto.x25519KeyPair(VECTOR.secret("owner.agreementPrivate")).publicKey());
        PrekeyBundle bundle = PrekeyBundle.readFrom(new ByteReader(VECTOR.bytes("bundle")));
        InvitationCertificate certificate = new InvitationCertificate(
                owner, key.publicKey(), bundle, Instant.ofEpochMilli(VECTOR.number("invitationExpires")));
        List<Multiaddr> addresses = Stream.of(VECTOR.text("hints").split(" "))
                .map(SealedRecordTest::address)
                .toList();
        return new InvitationRecord(
                certificate, VECTOR.bytes("signature"), VECTOR.text("name"), new Addresses(addresses));
    }

    private SealedRecord.Draft draft(Bytes content) {
        return new SealedRecord.Draft(
                key, secret.readKey(crypto, locator), VECTOR.number("sequence"), expiresAt, content);
    }

    private static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (WireException impossible) {
            throw new AssertionError(impossible);
        }
    }
}

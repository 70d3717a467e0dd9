package sotto.node.directory;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.wire.Vector;

/** Proves that a server of the DHT, which knows no secret, refuses everything but the owner's own records (pitfalls 21, 22). */
class SealedRecordValidatorTest {
    private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");
    private static final long SEQUENCE = NOW.toEpochMilli();

    private final Crypto crypto = CryptoChoice.fastest();
    private final SplittableRandom random = new SplittableRandom(22);
    private final SealedRecordValidator validator = new SealedRecordValidator(crypto);
    private final DirectoryKey owner = DirectoryKey.generate(crypto, random);
    private final SecretBytes readKey = SecretBytes.random(32, random);
    private final Bytes key = SealedRecordValidator.key(owner.locator(crypto));

    @Test
    void takesTheRecordAndKeyOfTheReference() throws WireException {
        Vector vector = new Vector("directory");
        Bytes record = vector.bytes("record");
        Instant at = Instant.ofEpochMilli(vector.number("now"));
        Instant until = validator.validate(vector.bytes("dhtKey"), record, at);
        assertEquals(Instant.ofEpochMilli(1_800_104_400_000L).plus(Duration.ofHours(2)), until);
    }

    @Test
    void refusesARecordAtAnyOtherKey() {
        Bytes record = record(owner, SEQUENCE, NOW.plus(SealedRecord.LIFETIME));
        Bytes elsewhere =
                SealedRecordValidator.key(DirectoryKey.generate(crypto, random).locator(crypto));
        assertRefused(elsewhere, record);
        assertRefused(Bytes.utf8("/sotto/"), record);
        assertRefused(Bytes.utf8("/other/0123456789012345678"), record);
        assertRefused(Bytes.concat(key, Bytes.utf8("x")), record);
        assertRefused(Bytes.EMPTY, record);
    }

    @Test
    void refusesWhatAHolderOfTheCodeCouldMake() {
        // Who has a code knows the read key and the locator, and everything that was ever published, but no directory
        // key.
        DirectoryKey forger = DirectoryKey.generate(crypto, random);
        Bytes theirs = record(owner, SEQUENCE, NOW.plus(SealedRecord.LIFETIME));
        Bytes forged = record(forger, SEQUENCE + 1, NOW.plus(SealedRecord.LIFETIME));
        assertRefused(key, forged);
        Bytes withOwnersKey = Bytes.concat(theirs.slice(0, 32), forged.slice(32, forged.size()));
        assertRefused(key, withOwnersKey);
    }

    @Test
    void refusesEveryFlippedByte() {
        byte[] record = record(owner, SEQUENCE, NOW.plus(SealedRecord.LIFETIME)).toArray();
        for (int at = 0; at < record.length; at += at < 128 || at > 4_020 ? 1 : 97) {
            byte[] flipped = record.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            assertRefused(key, Bytes.owning(flipped));
        }
    }

    @Test
    void refusesAnotherSize() {
        Bytes record = record(owner, SEQUENCE, NOW.plus(SealedRecord.LIFETIME));
        assertRefused(key, record.slice(0, record.size() - 1));
        assertRefused(key, Bytes.concat(record, Bytes.utf8("x")));
        assertRefused(key, Bytes.EMPTY);
    }

    @Test
    void refusesWhatHasExpiredOrNeverWould() {
        Duration grace = SealedRecord.CLOCK_GRACE;
        assertRefused(key, record(owner, SEQUENCE, NOW.minus(grace).minusMillis(1)));
        assertRefused(
                key,
                record(
                        owner,
                        SEQUENCE,
                        NOW.plus(SealedRecord.LIFETIME_MAX).plus(grace).plusMillis(1)));
        assertDoesNotThrow(() -> validator.validate(key, record(owner, SEQUENCE, NOW.minus(grace)), NOW));
    }

    @Test
    void anOldRecordNeverWinsAndAllServersChooseAlike() {
        List<Bytes> values = new ArrayList<>();
        for (long sequence : new long[] {SEQUENCE, SEQUENCE + 7, SEQUENCE + 7, SEQUENCE - 1}) {
            values.add(record(owner, sequence, NOW.plus(SealedRecord.LIFETIME)));
        }
        Bytes best = values.get(validator.select(key, values));
        for (int seed = 0; seed < 24; seed++) {
            List<Bytes> shuffled = new ArrayList<>(values);
            Collections.shuffle(shuffled, new Random(seed));
            assertEquals(best, shuffled.get(validator.select(key, shuffled)));
        }
        assertTrue(List.of(values.get(1), values.get(2)).contains(best));
    }

    private Bytes record(DirectoryKey signer, long sequence, Instant expiresAt) {
        SealedRecord.Draft draft = new SealedRecord.Draft(signer, readKey, sequence, expiresAt, Bytes.utf8("here"));
        return SealedRecord.seal(crypto, draft, random).encoded();
    }

    private void assertRefused(Bytes at, Bytes value) {
        assertThrows(WireException.class, () -> validator.validate(at, value, NOW));
    }
}

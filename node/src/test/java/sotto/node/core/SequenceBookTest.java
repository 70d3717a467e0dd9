package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.node.directory.DirectoryKey;
import sotto.node.directory.SealedRecord;
import sotto.node.directory.SequenceBook;
import sotto.node.wire.Locator;

/** Proves that what is remembered of read records stays bounded, and is kept for as long as an older one can come. */
class SequenceBookTest {
    private static final int LOCATORS_MAX = 50;
    private static final Crypto CRYPTO = CryptoChoice.fastest();

    private final VirtualLoop loop = VirtualLoop.seeded(2);
    private final SimVault vault = new SimVault(new SimDisk(), new HashMap<>(), loop, failed -> {});
    private final SequenceBook seen = vault.read(tables -> new SequenceBook(tables, LOCATORS_MAX));
    private final DirectoryKey key = DirectoryKey.generate(CRYPTO, loop.random());
    private final Instant start = loop.clock().instant();
    private final SealedRecord older = record(1);
    private final SealedRecord newer = record(2);

    @BeforeEach
    void readTheNewer() {
        note(0, newer, start);
    }

    @Test
    void whatWasReadIsNotOutdatedAndWhatIsOlderIs() {
        assertTrue(isOutdated(0, older));
        assertFalse(isOutdated(0, newer));
        assertFalse(isOutdated(1, older));
        note(0, older, start);
        assertTrue(isOutdated(0, older));
    }

    @Test
    void theOneReadLongestAgoIsForgottenBeyondTheLimit() {
        for (int number = 1; number <= LOCATORS_MAX; number++) {
            note(number, newer, start.plusSeconds(number));
        }
        assertEquals(LOCATORS_MAX, rows());
        assertFalse(isOutdated(0, older));
        assertTrue(isOutdated(1, older));
        assertTrue(isOutdated(LOCATORS_MAX, older));
    }

    @Test
    void itIsForgottenOnceEverythingOlderHasExpired() {
        Duration believable = SealedRecord.LIFETIME_MAX.plus(SealedRecord.CLOCK_GRACE.multipliedBy(2));
        note(1, newer, start.plus(believable));
        assertTrue(isOutdated(0, older));
        note(1, newer, start.plus(believable).plusMillis(1));
        assertFalse(isOutdated(0, older));
    }

    private SealedRecord record(long sequence) {
        try (SecretBytes readKey = SecretBytes.owning(new byte[32])) {
            SealedRecord.Draft draft = new SealedRecord.Draft(key, readKey, sequence, start, Bytes.EMPTY);
            return SealedRecord.seal(CRYPTO, draft, loop.random());
        }
    }

    private void note(int number, SealedRecord record, Instant at) {
        vault.write(transaction -> {
            seen.forget(transaction, at);
            seen.raise(transaction, locator(number), record.sequence(), at);
        });
    }

    private boolean isOutdated(int number, SealedRecord record) {
        return record.sequence() < seen.highest(locator(number));
    }

    private int rows() {
        return vault.read(tables -> tables.table("record-sequences")
                .withPrefix(Bytes.EMPTY, Integer.MAX_VALUE)
                .size());
    }

    private static Locator locator(int number) {
        return new Locator(new ByteWriter()
                .raw(new byte[Locator.SIZE_BYTES - Long.BYTES])
                .u64(number)
                .toBytes());
    }
}

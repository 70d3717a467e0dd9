package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.node.vault.VaultException.Kind;

/**
 * Proves what somebody without the passphrase can undo by writing to the files, and what not: neither cutting the journal nor
 * putting back the main file goes unnoticed; what does is what {@code docs/protocol/vault.md} says.
 */
class RollbackTest {
    private static final Bytes KEY = Bytes.utf8("k");
    private static final int MARKS = (int) Slots.offset(Slots.MARKS);
    private static final int WITNESS = KeyRecord.PLACE_BYTES - VaultFormat.SECTOR_BYTES;

    private final RandomGenerator random = new SplittableRandom(4);
    private final LossyDisk disk = new LossyDisk();
    private final VirtualLoop loop = VirtualLoop.seeded(1);
    private final Vault vault;

    /** The vault in use; its value is 0, and that is in its slot. */
    RollbackTest() throws VaultException {
        vault = TestVaults.on(disk, loop).create(TestVaults.passphrase(""));
    }

    @BeforeEach
    void writeTheFirstValue() {
        write(0);
        checkpoint();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void refusesAJournalThatWasCutAlongWithItsMark(int frame) {
        write(1);
        write(2);
        write(3);
        int from = frame * VaultFormat.FRAME_BYTES;
        overwrite(VaultFileName.JOURNAL, from, disk.bytes(VaultFileName.JOURNAL).length - from);
        overwrite(VaultFileName.MAIN, MARKS, VaultFormat.SLOT_BYTES);
        assertEquals(Kind.DAMAGED, refusal());
    }

    /** Since nothing but a mark that opens tells how far the journal went, one that does not is an error by itself. */
    @Test
    void refusesAMarkThatDoesNotOpenEvenWhereNothingWasCommitted() {
        overwrite(VaultFileName.MAIN, MARKS, VaultFormat.SLOT_BYTES);
        assertEquals(Kind.DAMAGED, refusal());
    }

    /** One of the marks belongs to the older header, and nobody needs it. */
    @Test
    void needsOnlyTheMarkOfTheNewestHeader() throws VaultException {
        int opened = 0;
        for (int mark = 0; mark < 2; mark++) {
            LossyDisk whole = disk.copy();
            byte[] main = whole.bytes(VaultFileName.MAIN);
            main[MARKS + mark * VaultFormat.SECTOR_BYTES] ^= 1;
            whole.put(VaultFileName.MAIN, main);
            try {
                assertEquals(0, valueOn(whole));
                opened++;
            } catch (VaultException damaged) {
                assertEquals(Kind.DAMAGED, damaged.kind());
            }
        }
        assertEquals(1, opened);
    }

    /** The limit of the mark: one that was copied vouches for its journal again, from one checkpoint to the next. */
    @Test
    void takesAnOlderMarkOfTheSameJournal() throws VaultException {
        write(1);
        byte[] older = disk.bytes(VaultFileName.MAIN);
        int end = VaultFormat.FRAME_BYTES;
        write(2);
        overwrite(VaultFileName.JOURNAL, end, disk.bytes(VaultFileName.JOURNAL).length - end);
        assertEquals(Kind.DAMAGED, refusal());
        disk.put(VaultFileName.MAIN, older);
        assertEquals(1, valueOn(disk));
    }

    @Test
    void refusesAnOlderMainFile() {
        byte[] older = disk.bytes(VaultFileName.MAIN);
        write(1);
        checkpoint();
        disk.put(VaultFileName.MAIN, older);
        assertEquals(Kind.DAMAGED, refusal());
    }

    @Test
    void refusesAnOlderMainFileWithItsJournal() {
        LossyDisk older = disk.copy();
        write(1);
        checkpoint();
        disk.put(VaultFileName.MAIN, older.bytes(VaultFileName.MAIN));
        disk.put(VaultFileName.JOURNAL, older.bytes(VaultFileName.JOURNAL));
        assertEquals(Kind.DAMAGED, refusal());
    }

    @Test
    void losesNothingByAMainFileThatIsOlderThanTheLastCommitsOnly() throws VaultException {
        byte[] older = disk.bytes(VaultFileName.MAIN);
        write(1);
        write(2);
        disk.put(VaultFileName.MAIN, older);
        assertEquals(2, valueOn(disk));
    }

    /** The limit of the witness: what vouches for the main file is put back along with it. */
    @Test
    void takesAnOlderMainFileWithItsKeyFile() throws VaultException {
        LossyDisk older = disk.copy();
        write(1);
        vault.erase();
        write(2);
        disk.put(VaultFileName.MAIN, older.bytes(VaultFileName.MAIN));
        assertEquals(Kind.DAMAGED, refusal());
        disk.put(VaultFileName.KEYS, older.bytes(VaultFileName.KEYS));
        overwrite(VaultFileName.JOURNAL, 0, disk.bytes(VaultFileName.JOURNAL).length);
        assertEquals(0, valueOn(disk));
    }

    @Test
    void refusesAWitnessThatDoesNotOpen() {
        overwrite(VaultFileName.KEYS, WITNESS, VaultFormat.SECTOR_BYTES);
        assertEquals(Kind.DAMAGED, refusal());
    }

    /** An older witness is what a crash may leave; opening brings it up to date, before the journal is written to. */
    @Test
    void bringsAWitnessThatLagsUpToDate() throws VaultException {
        LossyDisk older = disk.copy();
        write(1);
        checkpoint();
        disk.put(VaultFileName.KEYS, older.bytes(VaultFileName.KEYS));
        LossyDisk opened = disk.copy();
        TestVaults.on(opened, VirtualLoop.seeded(5))
                .open(TestVaults.passphrase(""))
                .close();
        assertEquals(1, valueOn(opened));
        opened.put(VaultFileName.MAIN, older.bytes(VaultFileName.MAIN));
        assertThrows(VaultException.class, () -> valueOn(opened));
    }

    /** The two headers of a replaced root are written one right after the other, so hardly a power cut comes between. */
    @ParameterizedTest
    @EnumSource(names = {"SLOTS", "OTHER_MARK"})
    void needsTheMarkToBeDurableBeforeItsHeader(SyncPoint point) throws Exception {
        assertEquals(1, valueAfterLosingTheMarkBefore(point, false));
        assertThrows(VaultException.class, () -> valueAfterLosingTheMarkBefore(point, true));
    }

    private int valueAfterLosingTheMarkBefore(SyncPoint point, boolean isIgnored) throws VaultException {
        LossyDisk cut = new LossyDisk();
        VirtualLoop ownLoop = VirtualLoop.seeded(2);
        Vault own = TestVaults.on(cut, ownLoop).create(TestVaults.passphrase(""));
        own.write(transaction -> transaction.table("t").put(KEY, Bytes.utf8("1")));
        ownLoop.runUntilIdle();
        if (isIgnored) {
            cut.ignore(point);
        }
        cut.cutPowerAt(point == SyncPoint.SLOTS ? SyncPoint.HEADER : SyncPoint.OTHER_HEADER);
        own.erase();
        ownLoop.runUntilIdle();
        int sector = MARKS / VaultFormat.SECTOR_BYTES;
        cut.powerOn((name, lost) -> name == VaultFileName.MAIN && (lost == sector || lost == sector + 1));
        return valueOn(cut);
    }

    private void write(int value) {
        vault.write(transaction -> transaction.table("t").put(KEY, Bytes.utf8(Integer.toString(value))));
        loop.runUntilIdle();
    }

    private void checkpoint() {
        loop.advance(VaultLimits.IDLE_BEFORE_CHECKPOINT.multipliedBy(2));
    }

    private void overwrite(VaultFileName name, int offset, int sizeBytes) {
        byte[] bytes = disk.bytes(name);
        byte[] noise = new byte[sizeBytes];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bytes, offset, sizeBytes);
        disk.put(name, bytes);
    }

    private Kind refusal() {
        return assertThrows(VaultException.class, () -> valueOn(disk)).kind();
    }

    private static int valueOn(LossyDisk files) throws VaultException {
        Vault opened = TestVaults.on(files.copy(), VirtualLoop.seeded(3)).open(TestVaults.passphrase(""));
        Bytes value = opened.read(tables -> tables.table("t").get(KEY)).orElseThrow();
        return Integer.parseInt(new String(value.toArray(), StandardCharsets.UTF_8));
    }
}

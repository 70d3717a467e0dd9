package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.node.vault.VaultException.Kind;

/** Proves that files that are not a whole vault of ours, and a wrong passphrase, each give one clear error and stay as they are. */
class RefusalTest {
    private static final VaultFileName[] FILES = {VaultFileName.MAIN, VaultFileName.JOURNAL, VaultFileName.KEYS};

    private final LossyDisk disk = new LossyDisk();

    @BeforeEach
    void makeAVault() throws VaultException {
        make(disk, 1).close();
    }

    @Test
    void refusesAWrongPassphrase() {
        assertEquals(Kind.WRONG_PASSPHRASE, refusal(disk, "wrong"));
    }

    @Test
    void saysWhereThereIsNone() {
        assertEquals(Kind.ABSENT, refusal(new LossyDisk(), "right"));
    }

    @Test
    void refusesASecondUser() throws VaultException {
        Vault vault = TestVaults.on(disk, VirtualLoop.seeded(2)).open(TestVaults.passphrase("right"));
        assertEquals(Kind.IN_USE, refusal(disk, "right"));
        vault.close();
    }

    @Test
    void makesNoVaultOverAnother() {
        assertEquals(Kind.EXISTS, refusalToMake(disk));
    }

    @Test
    void refusesAnEmptyOrShortenedFile() {
        for (VaultFileName file : FILES) {
            for (double share : new double[] {0, 0.01, 0.5, 0.99}) {
                LossyDisk cut = disk.copy();
                byte[] bytes = cut.bytes(file);
                cut.put(file, Arrays.copyOf(bytes, (int) (bytes.length * share)));
                assertEquals(Kind.DAMAGED, refusal(cut, "right"), file + " cut to " + share);
            }
        }
    }

    @Test
    void refusesToMakeAVaultBesideARestOfOne() throws Exception {
        for (VaultFileName file : new VaultFileName[] {VaultFileName.MAIN, VaultFileName.KEYS}) {
            LossyDisk rest = disk.copy();
            rest.delete(file);
            assertEquals(Kind.DAMAGED, refusal(rest, "right"), "without " + file);
            assertEquals(Kind.DAMAGED, refusalToMake(rest), "without " + file);
        }
        LossyDisk emptied = disk.copy();
        emptied.put(VaultFileName.MAIN, new byte[0]);
        assertEquals(Kind.EXISTS, refusalToMake(emptied));
    }

    @Test
    void refusesAMissingFile() throws Exception {
        for (VaultFileName file : FILES) {
            LossyDisk rest = disk.copy();
            rest.delete(file);
            assertEquals(Kind.DAMAGED, refusal(rest, "right"), "without " + file);
        }
    }

    @Test
    void refusesANewerVersion() {
        LossyDisk newerMain = disk.copy();
        byte[] main = newerMain.bytes(VaultFileName.MAIN);
        main[VaultFormat.MAGIC_BYTES] = VaultFormat.VERSION + 1;
        newerMain.put(VaultFileName.MAIN, main);
        assertEquals(Kind.NEWER_VERSION, refusal(newerMain, "right"));

        LossyDisk newerKeys = disk.copy();
        byte[] keys = newerKeys.bytes(VaultFileName.KEYS);
        for (int place : new int[] {0, KeyRecord.PLACE_BYTES}) {
            keys[place + VaultFormat.MAGIC_BYTES] = VaultFormat.VERSION + 1;
        }
        newerKeys.put(VaultFileName.KEYS, keys);
        assertEquals(Kind.NEWER_VERSION, refusal(newerKeys, "right"));
    }

    @Test
    void refusesFilesOfAnotherVault() throws VaultException {
        LossyDisk other = new LossyDisk();
        make(other, 99).close();
        for (VaultFileName file : new VaultFileName[] {VaultFileName.MAIN, VaultFileName.KEYS}) {
            LossyDisk mixed = disk.copy();
            mixed.put(file, other.bytes(file));
            assertEquals(Kind.DAMAGED, refusal(mixed, "right"), "with another's " + file);
        }
    }

    /** The hole that a journal alone leaves: cut it off or wipe it, and acknowledged commits would be gone without a word. */
    @Test
    void noticesAJournalThatLostAcknowledgedCommits() throws VaultException {
        VirtualLoop loop = VirtualLoop.seeded(3);
        Vault vault = TestVaults.on(disk, loop).open(TestVaults.passphrase("right"));
        LossyDisk before = disk.copy();
        vault.write(transaction -> transaction.table("t").put(Bytes.utf8("k"), Bytes.utf8("v")));
        loop.runUntilIdle();
        LossyDisk robbed = disk.copy();
        robbed.put(VaultFileName.JOURNAL, before.bytes(VaultFileName.JOURNAL));
        assertEquals(Kind.DAMAGED, refusal(robbed, "right"));
        vault.close();
    }

    /** A cost that nobody can pay is refused before anything is allocated for it. */
    @Test
    void refusesACostOutOfBounds() {
        for (ArgonCost cost : new ArgonCost[] {
            new ArgonCost(Integer.MAX_VALUE, 3, 1), new ArgonCost(-1, 3, 1),
            new ArgonCost(65_536, 11, 1), new ArgonCost(65_536, 0, 1),
            new ArgonCost(65_536, 3, 5), new ArgonCost(65_535, 3, 1)
        }) {
            VaultException refused = assertThrows(VaultException.class, () -> cost.checkBounds(ArgonCost.LEAST));
            assertEquals(Kind.DAMAGED, refused.kind());
        }
    }

    /** Its checksum says that the record is whole, and anybody can compute that; a cost that was paid would end in another answer. */
    @Test
    void paysNoCostOutOfBoundsThatARecordAsksFor() throws VaultException {
        for (ArgonCost cost : new ArgonCost[] {
            new ArgonCost(8, ArgonCost.PASSES_MAX + 1, 1),
            new ArgonCost(8 * ArgonCost.LANES_MAX + 8, 1, ArgonCost.LANES_MAX + 1),
            new ArgonCost(4 * 1024 * 1024, 1, 1)
        }) {
            LossyDisk forged = withSlots(slots -> List.of(costing(cost, slots.get(0))));
            assertEquals(Kind.DAMAGED, refusal(forged, "right"), cost.toString());
        }
    }

    /** What the passphrase opens is authentic by itself; that nobody put a lock of theirs beside it, only the MAC says. */
    @Test
    void refusesALockThatWasAddedToARecord() throws VaultException {
        LossyDisk behind = withSlots(slots -> List.of(slots.get(0), foreign(slots.get(0))));
        assertEquals(Kind.DAMAGED, refusal(behind, "right"));
        LossyDisk before = withSlots(slots -> List.of(foreign(slots.get(0)), slots.get(0)));
        assertEquals(Kind.DAMAGED, refusal(before, "right"));
    }

    @Test
    void asksForNoLessThanTheLeastCostAndForNoMoreThanTheMost() throws VaultException {
        for (long nanos : new long[] {0, 1_000_000, 220_000_000, 1_000_000_000, 60_000_000_000L}) {
            ArgonCost cost = ArgonCost.forTime(Duration.ofNanos(nanos));
            cost.checkBounds(ArgonCost.LEAST);
        }
    }

    /** The vault with other locks in its key record, whose checksum is right and whose MAC is as it was. */
    private LossyDisk withSlots(UnaryOperator<List<LockSlot>> change) throws VaultException {
        LossyDisk forged = disk.copy();
        byte[] keys = forged.bytes(VaultFileName.KEYS);
        Bytes place = Bytes.copyOf(Arrays.copyOf(keys, KeyRecord.PLACE_BYTES));
        KeyRecord was = KeyRecord.decoded(place, TestVaults.CRYPTO).orElseThrow();
        KeyRecord changed =
                new KeyRecord(was.fileId(), was.generation(), change.apply(was.slots()), was.sealedRoot(), was.mac());
        RandomStream filler = new RandomStream(VirtualLoop.seeded(7).random());
        System.arraycopy(changed.encoded(TestVaults.CRYPTO, filler), 0, keys, 0, KeyRecord.PLACE_BYTES);
        forged.put(VaultFileName.KEYS, keys);
        return forged;
    }

    private static LockSlot costing(ArgonCost cost, LockSlot slot) {
        return forged(cost, slot.salt(), slot);
    }

    private static LockSlot foreign(LockSlot slot) {
        return forged(slot.cost(), Bytes.owning(new byte[LockSlot.SALT_BYTES]), slot);
    }

    private static LockSlot forged(ArgonCost cost, Bytes salt, LockSlot slot) {
        return new LockSlot(
                slot.id(),
                cost,
                salt,
                slot.sealedPrivateKeys(),
                slot.ephemeral(),
                slot.ciphertext(),
                slot.wrappedUnlockKey());
    }

    private static Vault make(LossyDisk disk, long seed) throws VaultException {
        VirtualLoop loop = VirtualLoop.seeded(seed);
        Vault vault = TestVaults.on(disk, loop).create(TestVaults.passphrase("right"));
        vault.write(transaction -> transaction.table("t").put(Bytes.utf8("a"), Bytes.utf8("b")));
        loop.runUntilIdle();
        return vault;
    }

    private static Kind refusal(LossyDisk disk, String passphrase) {
        LossyDisk before = disk.copy();
        VaultException refused = assertThrows(
                VaultException.class,
                () -> TestVaults.on(disk, VirtualLoop.seeded(5)).open(TestVaults.passphrase(passphrase)));
        checkUntouched(before, disk);
        return refused.kind();
    }

    private static Kind refusalToMake(LossyDisk disk) {
        LossyDisk before = disk.copy();
        VaultException refused = assertThrows(
                VaultException.class,
                () -> TestVaults.on(disk, VirtualLoop.seeded(5)).create(TestVaults.passphrase("right")));
        checkUntouched(before, disk);
        return refused.kind();
    }

    private static void checkUntouched(LossyDisk before, LossyDisk after) {
        for (VaultFileName file : FILES) {
            assertEquals(before.exists(file), after.exists(file));
            if (before.exists(file)) {
                assertArrayEquals(before.bytes(file), after.bytes(file), file + " was touched");
            }
        }
    }
}

package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.runtime.VirtualLoop;

/**
 * Proves that what a torn batch leaves in the journal cannot mix with what recovery appends there. Frames and sectors share an
 * edge at every 128th frame alone, so this takes a batch that begins right before one, and two power cuts.
 */
class TornTailTest {
    private static final int FRAMES_BEFORE = 127;
    private static final int TORN_FRAME = 130;
    private static final int SECTOR_BYTES = 512;

    private final LossyDisk disk = new LossyDisk();
    private final KeyRing.Tools tools = new KeyRing.Tools(
            TestVaults.CRYPTO, new RandomStream(VirtualLoop.seeded(3).random()));
    private final Bytes fileId = Bytes.owning(new byte[VaultFormat.FILE_ID_BYTES]);
    private final SecretBytes unlockKey = SecretBytes.random(VaultFormat.KEY_BYTES, tools.random());

    @BeforeEach
    void makeAVault() throws Exception {
        Locksmith smith = new Locksmith(tools.crypto(), tools.random(), fileId);
        LockSlot lock = smith.make(TestVaults.passphrase(""), TestVaults.CHEAP, unlockKey)
                .slot();
        new VaultCreation(disk, tools, 256).create(fileId, lock, unlockKey);
    }

    @Test
    void keepsWhatWasDurable() throws Exception {
        tearTwice();
        checkPages();
    }

    @Test
    void needsTheRandomBytesToBeDurable() {
        disk.ignore(SyncPoint.TAIL);
        assertThrows(Throwable.class, () -> {
            tearTwice();
            checkPages();
        });
    }

    private void checkPages() throws Exception {
        VaultOpening.Open open = open();
        for (int page = 0; page < FRAMES_BEFORE; page++) {
            assertArrayEquals(page(page, 1), open.tree().readData(page));
        }
    }

    /** The first cut leaves the batch's first frame and tears another; the second brings that first frame back. */
    private void tearTwice() throws Exception {
        Committer committer = open().committer();
        committer.commit(pages(FRAMES_BEFORE, 1), FRAMES_BEFORE);
        disk.cutPowerAt(SyncPoint.BATCH);
        assertThrows(IOException.class, () -> committer.commit(pages(10, 2), FRAMES_BEFORE));
        disk.powerOn((name, sector) -> isOf(TORN_FRAME, sector));

        disk.cutPowerAt(SyncPoint.TABLES);
        assertThrows(IOException.class, this::open);
        disk.powerOn((name, sector) -> isOf(FRAMES_BEFORE, sector));
    }

    private static boolean isOf(int frame, int sector) {
        int first = frame * VaultFormat.FRAME_BYTES / SECTOR_BYTES;
        int end = (frame + 1) * VaultFormat.FRAME_BYTES / SECTOR_BYTES;
        return sector >= first && sector < end;
    }

    private VaultOpening.Open open() throws IOException, VaultException {
        return new VaultOpening(disk, tools).open((id, slot) -> Optional.of(SecretBytes.owning(unlockKey.copy())));
    }

    private static Map<Integer, byte[]> pages(int count, int version) {
        Map<Integer, byte[]> pages = new HashMap<>();
        for (int page = 0; page < count; page++) {
            pages.put(page, page(page, version));
        }
        return pages;
    }

    private static byte[] page(int number, int version) {
        byte[] page = new byte[VaultFormat.PAGE_BYTES];
        page[0] = (byte) number;
        page[1] = (byte) version;
        return page;
    }
}

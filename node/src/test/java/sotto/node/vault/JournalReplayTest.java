package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sotto.node.vault.VaultException.Kind;

/** Proves which broken frames are what a crash leaves, and which show that a batch was damaged after it was durable. */
class JournalReplayTest {
    private static final long COMMIT = 5;
    private static final int PAGES = 40;

    private final List<@Nullable JournalFrame> frames = new ArrayList<>();

    @Test
    void replaysWholeBatchesInOrder() throws VaultException {
        batch(COMMIT + 1, 2);
        batch(COMMIT + 2, 1);
        JournalReplay replay = replay();
        assertEquals(COMMIT + 2, replay.commit());
        assertEquals(3, replay.next());
        assertEquals(3, replay.end());
        assertEquals(Map.of(0, COMMIT + 2, 1, COMMIT + 1), batchesOfPages(replay));
    }

    /** Its sectors reach the disk in any order, so each of its frames may be the one that is missing. */
    @Test
    void takesABrokenLastBatchForWhatACrashLeft() throws VaultException {
        for (int broken = 0; broken < 3; broken++) {
            frames.clear();
            batch(COMMIT + 1, 2);
            batch(COMMIT + 2, 3);
            frames.set(2 + broken, null);
            JournalReplay replay = replay();
            assertEquals(COMMIT + 1, replay.commit(), "frame " + broken + " broken");
            assertEquals(2, replay.next());
            assertEquals(broken == 2 ? 4 : 5, replay.end(), "frame " + broken + " broken");
            assertEquals(Map.of(0, COMMIT + 1, 1, COMMIT + 1), batchesOfPages(replay));
        }
    }

    @Test
    void refusesABrokenBatchInFrontOfALaterOne() {
        for (int broken = 0; broken < 3; broken++) {
            frames.clear();
            batch(COMMIT + 1, 2);
            batch(COMMIT + 2, 3);
            batch(COMMIT + 3, 1);
            frames.set(2 + broken, null);
            assertDamaged("frame " + broken + " broken");
        }
    }

    @Test
    void refusesAMissingBatchInFrontOfALaterOne() {
        batch(COMMIT + 1, 1);
        batch(COMMIT + 2, 1);
        batch(COMMIT + 3, 2);
        frames.set(1, null);
        assertDamaged("the middle one is gone");
        frames.set(0, null);
        assertDamaged("the first two are gone");
        frames.set(2, null);
        assertDamaged("of three the last frame is left");
    }

    /** The commit that follows is not whole itself: that it was begun says enough. */
    @Test
    void refusesABrokenBatchInFrontOfTheBeginningOfALaterOne() {
        batch(COMMIT + 1, 2);
        batch(COMMIT + 2, 2);
        frames.set(0, null);
        frames.set(3, null);
        assertDamaged("the later one has one of its two frames");
    }

    private void assertDamaged(String why) {
        assertEquals(
                Kind.DAMAGED,
                assertThrows(VaultException.class, this::replay, why).kind(),
                why);
    }

    /** Appends a batch of the first {@code size} pages, each holding the batch's number. */
    private void batch(long number, int size) {
        int first = frames.size();
        for (int index = 0; index < size; index++) {
            byte[] payload = new byte[VaultFormat.PAGE_BYTES];
            payload[0] = (byte) number;
            PageImage image = new PageImage(Region.DATA, index, payload);
            int count = index == size - 1 ? size : 0;
            frames.add(new JournalFrame(number, first, count, PAGES, image));
        }
    }

    private JournalReplay replay() throws VaultException {
        JournalKey key = new JournalKey(new byte[VaultFormat.KEY_BYTES], new byte[VaultFormat.KEY_BYTES]);
        Header header = new Header(1, COMMIT, PAGES, 0, 0, 1, key, new byte[VaultFormat.ROOT_TABLE_BYTES]);
        return JournalReplay.of(header, frames);
    }

    private static Map<Integer, Long> batchesOfPages(JournalReplay replay) {
        Map<Integer, Long> batches = new HashMap<>();
        replay.data().forEach((page, payload) -> batches.put(page, (long) payload[0]));
        return batches;
    }
}

package sotto.node.vault;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a journal holds beyond its header: the pages as the last whole batch left them. Pure.
 *
 * @param commit the last whole batch, or the header's where there is none
 * @param next the frame behind that batch
 * @param end the frame behind the last authentic one: up to there lie remains of a batch that was not finished
 * @param pages the length of MapDB's volume
 * @param images the newest image of each page
 */
record JournalReplay(long commit, int next, int end, int pages, Map<PageId, byte[]> images) {

    /** Whether there is anything that is not in its slot yet. */
    boolean isEmpty() {
        return images.isEmpty();
    }

    /** The data pages, by number. */
    Map<Integer, byte[]> data() {
        return ofRegion(Region.DATA);
    }

    /** The key tables of a checkpoint that was durable in the journal and perhaps not in the slots; those of {@code header} otherwise. */
    NewTables tables(Header header) {
        byte[] root = images.get(new PageId(Region.ROOT, 0));
        byte[] rootTable = root == null ? header.rootTable() : Arrays.copyOf(root, VaultFormat.ROOT_TABLE_BYTES);
        return new NewTables(rootTable, ofRegion(Region.LEVEL_1), ofRegion(Region.LEVEL_2));
    }

    private Map<Integer, byte[]> ofRegion(Region region) {
        Map<Integer, byte[]> pages = new HashMap<>();
        images.forEach((id, payload) -> {
            if (id.region() == region) {
                pages.put(id.number(), payload);
            }
        });
        return pages;
    }

    /**
     * Finds the whole batches that follow {@code header}.
     *
     * @throws VaultException if a batch is broken in front of one that was begun after it was durable
     */
    static JournalReplay of(Header header, List<@Nullable JournalFrame> frames) throws VaultException {
        Map<PageId, byte[]> images = new HashMap<>();
        long commit = header.commit();
        int pages = header.pages();
        int next = 0;
        int count = wholeBatch(frames, next, commit + 1);
        while (count > 0) {
            for (JournalFrame frame : frames.subList(next, next + count)) {
                PageImage image = frame.image();
                images.put(new PageId(image.region(), image.number()), image.payload());
                pages = frame.pages();
            }
            commit++;
            next += count;
            count = wholeBatch(frames, next, commit + 1);
        }
        int end = checkedEnd(frames, next, commit + 1);
        return new JournalReplay(commit, next, end, pages, images);
    }

    /** How many frames batch {@code batch} has from {@code first} on; zero unless all of them are there and the last one says so. */
    private static int wholeBatch(List<@Nullable JournalFrame> frames, int first, long batch) {
        for (int index = first; index < frames.size(); index++) {
            JournalFrame frame = frames.get(index);
            if (frame == null || frame.batch() != batch || frame.firstFrame() != first) {
                return 0;
            }
            if (frame.isCommit()) {
                return frame.count() == index - first + 1 ? frame.count() : 0;
            }
        }
        return 0;
    }

    /**
     * The sectors of a batch reach the disk in any order, so one that was not finished may have lost any of its frames. A later
     * batch was begun only after this one was durable: where there is one, this one was damaged since.
     */
    private static int checkedEnd(List<@Nullable JournalFrame> frames, int next, long unfinished)
            throws VaultException {
        int end = next;
        for (int index = next; index < frames.size(); index++) {
            JournalFrame frame = frames.get(index);
            if (frame == null) {
                continue;
            }
            if (frame.batch() != unfinished) {
                throw new VaultException(
                        VaultException.Kind.DAMAGED, "the journal is damaged in front of its batch " + frame.batch());
            }
            end = index + 1;
        }
        return end;
    }
}

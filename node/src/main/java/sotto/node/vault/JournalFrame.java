package sotto.node.vault;

import static sotto.node.vault.VaultFormat.FRAME_HEAD_BYTES;
import static sotto.node.vault.VaultFormat.PAGE_BYTES;

import java.nio.ByteBuffer;

/**
 * One frame of the journal: a page as a batch left it. The last frame of a batch commits it.
 *
 * @param batch the commit it belongs to
 * @param firstFrame where that batch begins
 * @param count how many frames it has, in its last frame; zero in the others
 * @param pages the length of MapDB's volume after the batch
 */
record JournalFrame(long batch, int firstFrame, int count, int pages, PageImage image) {
    private static final int REGION_SHIFT = 24;
    private static final int NUMBER_MASK = (1 << REGION_SHIFT) - 1;

    boolean isCommit() {
        return count > 0;
    }

    byte[] encoded() {
        ByteBuffer plaintext = ByteBuffer.allocate(FRAME_HEAD_BYTES + PAGE_BYTES);
        plaintext.putInt(image.region().code() << REGION_SHIFT | image.number());
        plaintext.putLong(batch);
        plaintext.putInt(firstFrame).putInt(count).putInt(pages);
        plaintext.put(image.payload());
        return plaintext.array();
    }

    /** What {@link #encoded} made; the bytes were authentic, so they are ours. */
    static JournalFrame decoded(byte[] plaintext) {
        ByteBuffer in = ByteBuffer.wrap(plaintext);
        int place = in.getInt();
        long batch = in.getLong();
        int firstFrame = in.getInt();
        int count = in.getInt();
        int pages = in.getInt();
        byte[] payload = new byte[PAGE_BYTES];
        in.get(payload);
        PageImage image = new PageImage(Region.ofCode(place >>> REGION_SHIFT), place & NUMBER_MASK, payload);
        return new JournalFrame(batch, firstFrame, count, pages, image);
    }
}

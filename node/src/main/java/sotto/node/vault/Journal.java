package sotto.node.vault;

import static sotto.node.vault.VaultFormat.FRAME_BYTES;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;

/**
 * The journal file: frames of one size, each nonce ‖ sealed {@link JournalFrame} bound to its index, under a key that lasts one
 * checkpoint. Filled with random bytes when made, so that a commit changes no size and a frame is told from what is no frame by
 * its seal alone. Confined to one thread.
 */
final class Journal {
    private static final int FRAMES_PER_WRITE = 64;

    private final DiskFile file;
    private final Bytes fileId;
    private final RandomStream random;
    private final PageCipher cipher = new PageCipher();
    private byte[] key;
    private int frames;
    private int next;

    Journal(DiskFile file, Bytes fileId, RandomStream random) throws IOException {
        this.file = file;
        this.fileId = fileId;
        this.random = random;
        this.key = new byte[0];
        this.frames = (int) (file.sizeBytes() / FRAME_BYTES);
    }

    /** How many frames the file has. */
    int frames() {
        return frames;
    }

    /** How many frames are free. */
    int free() {
        return frames - next;
    }

    /** Begins again at frame {@code next} under {@code key}: what lies there already is of no use to anybody. */
    void restart(byte[] key, int next) {
        this.key = key;
        this.next = next;
    }

    /**
     * Appends {@code images}, of which there is at least one, as batch {@code batch}, and waits until they are durable.
     *
     * @param pages the length of MapDB's volume after it
     */
    void append(long batch, int pages, List<PageImage> images, SyncPoint point) throws IOException {
        makeRoom(images.size());
        int first = next;
        for (int from = 0; from < images.size(); from += FRAMES_PER_WRITE) {
            int to = Math.min(images.size(), from + FRAMES_PER_WRITE);
            ByteBuffer sealed = ByteBuffer.allocate((to - from) * FRAME_BYTES);
            for (int index = from; index < to; index++) {
                int count = index == images.size() - 1 ? images.size() : 0;
                sealed.put(seal(first + index, new JournalFrame(batch, first, count, pages, images.get(index))));
            }
            file.write(offset(first + from), sealed.array());
        }
        file.sync(point);
        next = first + images.size();
    }

    /** Every frame of the file under {@code key}; null where there is none. */
    List<@Nullable JournalFrame> readAll(byte[] key) throws IOException {
        List<@Nullable JournalFrame> found = new ArrayList<>(frames);
        for (int from = 0; from < frames; from += FRAMES_PER_WRITE) {
            int count = Math.min(FRAMES_PER_WRITE, frames - from);
            byte[] chunk = new byte[count * FRAME_BYTES];
            file.read(offset(from), chunk);
            for (int index = 0; index < count; index++) {
                byte[] sealed = new byte[FRAME_BYTES];
                System.arraycopy(chunk, index * FRAME_BYTES, sealed, 0, FRAME_BYTES);
                byte[] plaintext = cipher.openWithNonce(key, associatedData(from + index), sealed);
                found.add(plaintext == null ? null : JournalFrame.decoded(plaintext));
            }
        }
        return found;
    }

    /** Writes random bytes over the frames from {@code from} (included) to {@code to} (excluded), durably. */
    void scrub(int from, int to) throws IOException {
        fill(from, to);
        file.sync(SyncPoint.TAIL);
    }

    private void makeRoom(int count) throws IOException {
        if (count > free()) {
            fill(frames, next + count);
            frames = next + count;
        }
    }

    private void fill(int from, int to) throws IOException {
        for (int frame = from; frame < to; frame += FRAMES_PER_WRITE) {
            int count = Math.min(FRAMES_PER_WRITE, to - frame);
            file.write(offset(frame), random.bytes(count * FRAME_BYTES));
        }
    }

    private byte[] seal(int index, JournalFrame frame) {
        return cipher.sealWithNonce(key, random, associatedData(index), frame.encoded());
    }

    private byte[] associatedData(int index) {
        return VaultFormat.associatedData(fileId, Region.FRAME, index);
    }

    private static long offset(int frame) {
        return (long) frame * FRAME_BYTES;
    }
}

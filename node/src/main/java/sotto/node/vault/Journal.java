package sotto.node.vault;

import static sotto.node.vault.VaultFormat.FRAME_BYTES;
import static sotto.node.vault.VaultFormat.FRAME_CHECK_BYTES;
import static sotto.node.vault.VaultFormat.NONCE_BYTES;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;

/**
 * The journal file: frames of one size, each nonce ‖ check ‖ sealed {@link JournalFrame} bound to its index, under a key that
 * lasts one checkpoint. Filled with random bytes when made, so that a commit changes no size and frames cannot be told from noise
 * without that key. Confined to one thread.
 */
final class Journal {
    private static final int FRAMES_PER_WRITE = 64;
    private static final int CLEAR_BYTES = NONCE_BYTES + FRAME_CHECK_BYTES;

    private final DiskFile file;
    private final Bytes fileId;
    private final RandomStream random;
    private final PageCipher cipher = new PageCipher();
    private JournalKey key;
    private FrameCheck check;
    private int frames;
    private int next;

    Journal(DiskFile file, Bytes fileId, RandomStream random) throws IOException {
        this.file = file;
        this.fileId = fileId;
        this.random = random;
        this.key = JournalKey.fresh(random);
        this.check = new FrameCheck(key.checking());
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
    void restart(JournalKey key, int next) {
        this.key = key;
        this.check = new FrameCheck(key.checking());
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
                seal(first + index, new JournalFrame(batch, first, count, pages, images.get(index)), sealed);
            }
            file.write(offset(first + from), sealed.array());
        }
        file.sync(point);
        next = first + images.size();
    }

    /** Every frame of the file {@code under} a key; null where there is none. */
    List<@Nullable JournalFrame> readAll(JournalKey under) throws IOException {
        FrameCheck checkUnder = new FrameCheck(under.checking());
        List<@Nullable JournalFrame> found = new ArrayList<>(frames);
        for (int from = 0; from < frames; from += FRAMES_PER_WRITE) {
            int count = Math.min(FRAMES_PER_WRITE, frames - from);
            byte[] chunk = new byte[count * FRAME_BYTES];
            file.read(offset(from), chunk);
            for (int index = 0; index < count; index++) {
                byte[] frame = Arrays.copyOfRange(chunk, index * FRAME_BYTES, (index + 1) * FRAME_BYTES);
                byte[] nonce = Arrays.copyOf(frame, NONCE_BYTES);
                byte[] seen = Arrays.copyOfRange(frame, NONCE_BYTES, CLEAR_BYTES);
                boolean isFrame = Arrays.equals(seen, checkUnder.of(nonce, from + index));
                found.add(isFrame ? open(under, from + index, frame) : null);
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

    private void seal(int index, JournalFrame frame, ByteBuffer out) {
        byte[] nonce = random.bytes(NONCE_BYTES);
        out.put(nonce).put(check.of(nonce, index));
        out.put(cipher.seal(key.sealing(), nonce, associatedData(index), frame.encoded()));
    }

    private @Nullable JournalFrame open(JournalKey under, int index, byte[] frame) {
        byte[] nonce = Arrays.copyOf(frame, NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(frame, CLEAR_BYTES, FRAME_BYTES);
        byte[] plaintext = cipher.open(under.sealing(), nonce, associatedData(index), sealed);
        return plaintext == null ? null : JournalFrame.decoded(plaintext);
    }

    private byte[] associatedData(int index) {
        return VaultFormat.associatedData(fileId, Region.FRAME, index);
    }

    private static long offset(int frame) {
        return (long) frame * FRAME_BYTES;
    }
}

package sotto.node.vault;

import static sotto.node.vault.VaultFormat.PAGE_BYTES;

import java.io.File;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.NullUnmarked;
import org.mapdb.DataInput2;
import org.mapdb.volume.Volume;

/**
 * MapDB's volume on pages of 4,064, which {@link PageCache} reads, keeps and hands on. MapDB counts in stretches of 1 MiB, here
 * cut into 256 blocks of 4,096; what a block has more than its page lies in three pages behind the 256. So a record of one block,
 * of which the last 32 bytes are never used, is one page. MapDB never crosses a page with a number, because its numbers are
 * aligned and every piece is a multiple of eight. Confined to the vault's thread.
 */
@NullUnmarked
final class SealedVolume extends Volume {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    static final int BLOCK_BYTES = 4_096;

    private static final int STRETCH_BYTES = 1 << 20;
    static final int STRETCH_BLOCKS = STRETCH_BYTES / BLOCK_BYTES;
    static final int REST_BYTES = BLOCK_BYTES - PAGE_BYTES;
    static final int RESTS_PER_PAGE = PAGE_BYTES / REST_BYTES;
    static final int STRETCH_PAGES = STRETCH_BLOCKS + (STRETCH_BLOCKS + RESTS_PER_PAGE - 1) / RESTS_PER_PAGE;

    private final PageCache pages;
    private RecordRanges probe;

    SealedVolume(PageCache pages) {
        this.pages = pages;
    }

    /** Until {@code null} is set, reads of records are not done but noted in {@code probe}: so its caller learns where a record lies. */
    void setProbe(RecordRanges probe) {
        this.probe = probe;
    }

    @Override
    public void ensureAvailable(long offset) {
        long wanted = (offset + STRETCH_BYTES - 1) / STRETCH_BYTES * STRETCH_PAGES;
        if (wanted > VaultFormat.PAGES_MAX) {
            throw new UncheckedVaultException(VaultException.Kind.FULL, "the vault has reached its 6.5 GB");
        }
        pages.ensureLength((int) wanted);
    }

    @Override
    public void truncate(long size) {
        throw new UnsupportedOperationException("a sealed volume never shrinks");
    }

    @Override
    public long length() {
        return (long) pages.length() / STRETCH_PAGES * STRETCH_BYTES;
    }

    @Override
    public long getLong(long offset) {
        return (long) LONGS.get(pages.page(pageOf(offset)), placeOf(offset));
    }

    @Override
    public void putLong(long offset, long value) {
        // What is there already is written again at every commit, and must not make a page dirty.
        if (getLong(offset) != value) {
            LONGS.set(pages.writable(pageOf(offset)), placeOf(offset), value);
        }
    }

    @Override
    public int getInt(long offset) {
        return (int) INTS.get(pages.page(pageOf(offset)), placeOf(offset));
    }

    @Override
    public void putInt(long offset, int value) {
        if (getInt(offset) != value) {
            INTS.set(pages.writable(pageOf(offset)), placeOf(offset), value);
        }
    }

    @Override
    public byte getByte(long offset) {
        return pages.page(pageOf(offset))[placeOf(offset)];
    }

    @Override
    public void putByte(long offset, byte value) {
        pages.writable(pageOf(offset))[placeOf(offset)] = value;
    }

    @Override
    public void putData(long offset, byte[] source, int from, int size) {
        int done = 0;
        while (done < size) {
            int number = pageOf(offset + done);
            int place = placeOf(offset + done);
            int part = Math.min(size - done, roomAt(offset + done));
            // What is there already must not make a page dirty: the unused end of a block, the front of a node that
            // grew.
            if (!Arrays.equals(pages.page(number), place, place + part, source, from + done, from + done + part)) {
                System.arraycopy(source, from + done, pages.writable(number), place, part);
            }
            done += part;
        }
    }

    @Override
    public void putData(long offset, ByteBuffer source) {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        putData(offset, bytes, 0, bytes.length);
    }

    @Override
    public void getData(long offset, byte[] target, int from, int size) {
        if (probe != null) {
            probe.add(offset, size);
            return;
        }
        int done = 0;
        while (done < size) {
            int place = placeOf(offset + done);
            int part = Math.min(size - done, roomAt(offset + done));
            System.arraycopy(pages.page(pageOf(offset + done)), place, target, from + done, part);
            done += part;
        }
    }

    @Override
    public DataInput2 getDataInput(long offset, int size) {
        byte[] bytes = new byte[probe == null ? size : 0];
        getData(offset, bytes, 0, size);
        return new DataInput2.ByteArray(bytes);
    }

    @Override
    public void clear(long from, long to) {
        long offset = from;
        while (offset < to) {
            int place = placeOf(offset);
            int part = (int) Math.min(to - offset, roomAt(offset));
            Arrays.fill(pages.writable(pageOf(offset)), place, place + part, (byte) 0);
            offset += part;
        }
    }

    /** Nothing: what is durable and when is for the commit to say. */
    @Override
    public void sync() {}

    @Override
    public void close() {}

    @Override
    public int sliceSize() {
        return -1;
    }

    @Override
    public boolean isSliced() {
        return false;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public File getFile() {
        return null;
    }

    @Override
    public boolean getFileLocked() {
        return false;
    }

    private static int pageOf(long offset) {
        int first = (int) (offset / STRETCH_BYTES) * STRETCH_PAGES;
        int block = blockOf(offset);
        return first + (isInRest(offset) ? STRETCH_BLOCKS + block / RESTS_PER_PAGE : block);
    }

    private static int placeOf(long offset) {
        int place = (int) (offset % BLOCK_BYTES);
        return isInRest(offset) ? blockOf(offset) % RESTS_PER_PAGE * REST_BYTES + place - PAGE_BYTES : place;
    }

    /** How many bytes follow in the same page. */
    private static int roomAt(long offset) {
        return (isInRest(offset) ? BLOCK_BYTES : PAGE_BYTES) - (int) (offset % BLOCK_BYTES);
    }

    private static int blockOf(long offset) {
        return (int) (offset % STRETCH_BYTES) / BLOCK_BYTES;
    }

    /** Whether that byte of its block has no room in the page of the block. */
    private static boolean isInRest(long offset) {
        return offset % BLOCK_BYTES >= PAGE_BYTES;
    }
}

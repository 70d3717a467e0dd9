package sotto.node.vault;

import java.nio.ByteBuffer;
import sotto.libp2p.bytes.Bytes;

/** The constants of the format, as {@code docs/protocol/vault.md} has them. Changing one makes a new version. */
final class VaultFormat {
    static final int VERSION = 1;

    /** What begins each header, before the version: the first bytes of a hash, because no word may stand in the files. */
    static final Bytes MAIN_MAGIC = Bytes.ofHex("afeae6092afec5");

    /** The same for each key record. */
    static final Bytes KEYS_MAGIC = Bytes.ofHex("bd62a6aeb019fa");

    static final int MAGIC_BYTES = 7;
    static final int FILE_ID_BYTES = 16;

    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    /** What a page holds, and what it takes in the main file. */
    static final int PAGE_BYTES = 4064;

    static final int SLOT_BYTES = 4096;

    /** Keys in a table page. */
    static final int FANOUT = PAGE_BYTES / KEY_BYTES;

    /** What a disk writes wholly or not at all. */
    static final int SECTOR_BYTES = 512;

    /** Level-1 tables, whose keys fit into a header. */
    static final int TOP_TABLES = 100;

    static final int ROOT_TABLE_BYTES = TOP_TABLES * KEY_BYTES;
    static final int PAGES_MAX = TOP_TABLES * FANOUT * FANOUT;

    /** What a frame says beside its page: which page, which batch, where that begins, how long it is, how long the volume. */
    static final int FRAME_HEAD_BYTES = 24;

    /** By which a frame is told from noise without opening it. */
    static final int FRAME_CHECK_BYTES = 8;

    /** Nonce, check, head, page, tag. */
    static final int FRAME_BYTES = NONCE_BYTES + FRAME_CHECK_BYTES + FRAME_HEAD_BYTES + PAGE_BYTES + TAG_BYTES;

    private VaultFormat() {}

    /** File id, region and number: what every sealed page, frame, mark and witness is bound to. */
    static byte[] associatedData(Bytes fileId, Region region, int number) {
        ByteBuffer data = ByteBuffer.allocate(FILE_ID_BYTES + 1 + Integer.BYTES);
        data.put(fileId.asByteBuffer()).put(region.code()).putInt(number);
        return data.array();
    }
}

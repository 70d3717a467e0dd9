package sotto.node.vault;

import static sotto.node.vault.VaultFormat.FANOUT;
import static sotto.node.vault.VaultFormat.KEY_BYTES;
import static sotto.node.vault.VaultFormat.PAGE_BYTES;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The keys of all pages: the root table, whose keys open level-1 tables, whose keys open level-2 tables, whose keys open data
 * pages; a zero key stands for a page that was never written. Tables are read when needed and kept (52 MB at the format's
 * capacity), and never changed in place: a checkpoint makes new ones. Confined to the thread that reads pages.
 */
final class KeyTree {
    private final MainPages main;
    private final Map<PageId, byte[]> tables = new HashMap<>();
    private byte[] rootTable;

    KeyTree(MainPages main, byte[] rootTable) {
        this.main = main;
        this.rootTable = rootTable;
    }

    /** The data page {@code number}; all zero if it was never written. */
    byte[] readData(int number) throws IOException, VaultException {
        byte[] keys = table(Region.LEVEL_2, number / FANOUT);
        return read(new PageId(Region.DATA, number), keyIn(keys, number % FANOUT));
    }

    /** What a checkpoint of {@code data} needs: the pages, and all tables on the way to them as they are now. */
    CheckpointPlan plan(Map<Integer, byte[]> data) throws IOException, VaultException {
        Map<Integer, byte[]> level1 = new HashMap<>();
        Map<Integer, byte[]> level2 = new HashMap<>();
        for (int number : data.keySet()) {
            int table = number / FANOUT;
            level2.put(table, table(Region.LEVEL_2, table));
            level1.put(table / FANOUT, table(Region.LEVEL_1, table / FANOUT));
        }
        return new CheckpointPlan(Map.copyOf(data), level2, level1, rootTable);
    }

    /** Takes the tables that a checkpoint made. */
    void install(NewTables made) {
        rootTable = made.rootTable();
        made.level1().forEach((number, keys) -> tables.put(new PageId(Region.LEVEL_1, number), keys));
        made.level2().forEach((number, keys) -> tables.put(new PageId(Region.LEVEL_2, number), keys));
    }

    /** Opens every level-1 table: none of them opens if the header is not the last one. */
    void checkTop() throws IOException, VaultException {
        for (int number = 0; number < VaultFormat.TOP_TABLES; number++) {
            table(Region.LEVEL_1, number);
        }
    }

    private byte[] table(Region region, int number) throws IOException, VaultException {
        PageId id = new PageId(region, number);
        byte[] known = tables.get(id);
        if (known != null) {
            return known;
        }
        byte[] key = region == Region.LEVEL_1
                ? keyIn(rootTable, number)
                : keyIn(table(Region.LEVEL_1, number / FANOUT), number % FANOUT);
        byte[] read = read(id, key);
        tables.put(id, read);
        return read;
    }

    private byte[] read(PageId id, byte[] key) throws IOException, VaultException {
        return isZero(key) ? new byte[PAGE_BYTES] : main.read(id, key);
    }

    private static byte[] keyIn(byte[] keys, int index) {
        return Arrays.copyOfRange(keys, index * KEY_BYTES, (index + 1) * KEY_BYTES);
    }

    private static boolean isZero(byte[] key) {
        for (byte part : key) {
            if (part != 0) {
                return false;
            }
        }
        return true;
    }
}

package sotto.node.vault;

import static sotto.node.vault.VaultFormat.FANOUT;
import static sotto.node.vault.VaultFormat.KEY_BYTES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The key tables that a checkpoint makes: a fresh key for each page it writes, and so for each table above. */
@SuppressWarnings("ArrayRecordComponent") // Nobody changes the arrays, and nobody compares these.
record NewTables(byte[] rootTable, Map<Integer, byte[]> level1, Map<Integer, byte[]> level2) {

    /** Fresh keys for all pages of {@code plan}, up to the root table. */
    static NewTables of(CheckpointPlan plan, RandomStream random) {
        Map<Integer, byte[]> level2 = copied(plan.level2());
        plan.data().keySet().forEach(page -> putKey(at(level2, page / FANOUT), page % FANOUT, random));
        Map<Integer, byte[]> level1 = copied(plan.level1());
        level2.keySet().forEach(table -> putKey(at(level1, table / FANOUT), table % FANOUT, random));
        byte[] rootTable = plan.rootTable().clone();
        level1.keySet().forEach(table -> putKey(rootTable, table, random));
        return new NewTables(rootTable, level1, level2);
    }

    /** The tables as pages, the root table among them: what the journal holds of them while they are written. */
    List<PageImage> images() {
        List<PageImage> images = new ArrayList<>();
        level2.forEach((number, keys) -> images.add(new PageImage(Region.LEVEL_2, number, keys)));
        level1.forEach((number, keys) -> images.add(new PageImage(Region.LEVEL_1, number, keys)));
        byte[] root = Arrays.copyOf(rootTable, VaultFormat.PAGE_BYTES);
        images.add(new PageImage(Region.ROOT, 0, root));
        return images;
    }

    byte[] dataKey(int page) {
        return key(at(level2, page / FANOUT), page % FANOUT);
    }

    byte[] level2Key(int table) {
        return key(at(level1, table / FANOUT), table % FANOUT);
    }

    byte[] level1Key(int table) {
        return key(rootTable, table);
    }

    private static Map<Integer, byte[]> copied(Map<Integer, byte[]> tables) {
        Map<Integer, byte[]> copies = new HashMap<>();
        tables.forEach((number, keys) -> copies.put(number, keys.clone()));
        return copies;
    }

    private static byte[] at(Map<Integer, byte[]> tables, int number) {
        byte[] keys = tables.get(number);
        if (keys == null) {
            throw new IllegalStateException("a plan has all tables on the way to its pages, but not " + number);
        }
        return keys;
    }

    private static void putKey(byte[] keys, int index, RandomStream random) {
        System.arraycopy(random.bytes(KEY_BYTES), 0, keys, index * KEY_BYTES, KEY_BYTES);
    }

    private static byte[] key(byte[] keys, int index) {
        byte[] key = new byte[KEY_BYTES];
        System.arraycopy(keys, index * KEY_BYTES, key, 0, KEY_BYTES);
        return key;
    }
}

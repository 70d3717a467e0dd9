package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.Seeds;
import sotto.libp2p.runtime.VirtualLoop;

/** Proves that a table is a sorted map, whatever is put and removed, and that its tree holds no key that is not in it. */
class TreeTest {
    private static final String TABLE = "t";

    @Test
    void isASortedMap() {
        Seeds.forEach(12, random -> {
            LossyDisk disk = new LossyDisk();
            VirtualLoop loop = VirtualLoop.seeded(random.nextLong());
            Vault vault = TestVaults.on(disk, loop).create(TestVaults.passphrase(""));
            NavigableMap<Bytes, Bytes> model = new TreeMap<>();
            int keys = 1 + random.nextInt(2_000);
            for (int round = 0; round < 12; round++) {
                Mood mood = new Mood(keys, round % 4 == 3);
                vault.write(transaction -> change(transaction.table(TABLE), model, random, mood));
                loop.runUntilIdle();
                check(vault, model, random);
                if (random.nextInt(4) == 0) {
                    vault.close();
                    vault = TestVaults.on(disk, loop).open(TestVaults.passphrase(""));
                    check(vault, model, random);
                }
            }
            vault.close();
        });
    }

    @Test
    void holdsNoKeyBetweenItsNodesThatIsNotInIt() {
        Seeds.forEach(20, random -> {
            Nodes nodes = memory();
            Tree tree = Tree.planted(nodes);
            NavigableMap<Bytes, Boolean> model = new TreeMap<>();
            for (int step = 0; step < 6_000; step++) {
                boolean isGrowing = step / 1_500 % 2 == 0;
                Bytes key = Bytes.utf8(Integer.toString(random.nextInt(3_000)).repeat(1 + random.nextInt(2) * 20));
                if (random.nextInt(10) < (isGrowing ? 8 : 2)) {
                    tree.put(key, new Cell.Inline(Bytes.EMPTY));
                    model.put(key, true);
                } else {
                    assertEquals(model.remove(key) != null, tree.remove(key).isPresent());
                }
                if (step % 500 == 499) {
                    checkNodes(nodes, tree.root(), model);
                    nodes.flush();
                }
            }
            for (Bytes key : new ArrayList<>(model.keySet())) {
                tree.remove(key);
            }
            assertTrue(nodes.get(tree.root()) instanceof TreeNode.Leaf leaf && leaf.keys.isEmpty());
        });
    }

    @Test
    void refusesKeysAndValuesThatAreTooLong() throws Exception {
        Vault vault = TestVaults.on(new LossyDisk(), VirtualLoop.seeded(1)).create(TestVaults.passphrase(""));
        vault.write(transaction -> {
            WritableTable table = transaction.table(TABLE);
            Bytes longest = Bytes.owning(new byte[Table.KEY_BYTES_MAX]);
            Bytes largest = Bytes.owning(new byte[Table.VALUE_BYTES_MAX]);
            table.put(longest, largest);
            assertEquals(largest, table.get(longest).orElseThrow());
            Bytes tooLong = Bytes.owning(new byte[Table.KEY_BYTES_MAX + 1]);
            Bytes tooLarge = Bytes.owning(new byte[Table.VALUE_BYTES_MAX + 1]);
            assertThrows(IllegalArgumentException.class, () -> table.put(tooLong, Bytes.EMPTY));
            assertThrows(IllegalArgumentException.class, () -> table.put(Bytes.EMPTY, tooLarge));
        });
        for (String name : List.of("", "a b", "n".repeat(65), "\u00e9")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> vault.read(tables -> tables.table(name).get(Bytes.EMPTY)));
        }
    }

    private static void change(
            WritableTable table, NavigableMap<Bytes, Bytes> model, RandomGenerator random, Mood mood) {
        for (int step = 0; step < 300; step++) {
            Bytes key = Bytes.utf8("key" + random.nextInt(mood.keys()));
            if (random.nextInt(10) < (mood.isShrinking() ? 8 : 2)) {
                table.remove(key);
                model.remove(key);
            } else {
                byte[] value = new byte[random.nextInt(random.nextInt(50) == 0 ? 100_000 : 300)];
                random.nextBytes(value);
                table.put(key, Bytes.copyOf(value));
                model.put(key, Bytes.owning(value));
            }
        }
    }

    private static void check(Vault vault, NavigableMap<Bytes, Bytes> model, RandomGenerator random) {
        vault.read(tables -> {
            Table table = tables.table(TABLE);
            assertEquals(entries(model), table.withPrefix(Bytes.EMPTY, Integer.MAX_VALUE));
            for (int look = 0; look < 20; look++) {
                Bytes one = Bytes.utf8("key" + random.nextInt(2_000));
                Bytes two = Bytes.utf8("key" + random.nextInt(2_000));
                Bytes from = one.compareTo(two) < 0 ? one : two;
                Bytes to = one.compareTo(two) < 0 ? two : one;
                int limit = random.nextInt(60);
                List<Table.Entry> range = entries(model.subMap(from, true, to, false));
                assertEquals(first(range, limit), table.ascending(from, to, limit));
                List<Table.Entry> backwards =
                        entries(model.subMap(from, true, to, false).descendingMap());
                assertEquals(first(backwards, limit), table.descending(from, to, limit));
                assertEquals(Optional.ofNullable(model.get(one)), table.get(one));
                List<Table.Entry> prefixed = entries(model).stream()
                        .filter(row -> row.key().startsWith(one))
                        .toList();
                assertEquals(first(prefixed, limit), table.withPrefix(one, limit));
            }
            return true;
        });
    }

    /** Every key between two children is a row, and every node but the root has something in it. */
    private static void checkNodes(Nodes nodes, long number, NavigableMap<Bytes, Boolean> model) {
        if (nodes.get(number) instanceof TreeNode.Branch branch) {
            assertEquals(branch.keys.size() + 1, branch.children.size());
            for (Bytes key : branch.keys) {
                assertTrue(model.containsKey(key), "a key between children that is in no row");
            }
            for (long child : branch.children) {
                assertTrue(!nodes.get(child).keys.isEmpty(), "an empty node");
                checkNodes(nodes, child, model);
            }
        }
    }

    private static Nodes memory() throws IOException {
        KeyTree keys = new KeyTree(
                new MainPages(new LossyDisk().create(VaultFileName.MAIN), Bytes.owning(new byte[16])),
                new byte[VaultFormat.ROOT_TABLE_BYTES]);
        return new Nodes(new Records(new SealedVolume(new PageCache(keys, 0))));
    }

    private static List<Table.Entry> entries(NavigableMap<Bytes, Bytes> rows) {
        return rows.entrySet().stream()
                .map(row -> new Table.Entry(row.getKey(), row.getValue()))
                .toList();
    }

    private static List<Table.Entry> first(List<Table.Entry> rows, int limit) {
        return rows.subList(0, Math.min(limit, rows.size()));
    }

    /** How many keys there are, and whether rows go or come. */
    private record Mood(int keys, boolean isShrinking) {}
}

package sotto.node.vault;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;

/** Which tree is which table: a tree of its own, whose root is the first record of all. Confined to the vault's thread. */
final class Catalog {
    private static final long ROOT = 1;
    private static final int NAME_CHARS_MAX = 64;

    private final Nodes nodes;
    private final Tree names;
    private final Map<String, Tree> known = new HashMap<>();

    private Catalog(Nodes nodes, Tree names) {
        this.nodes = nodes;
        this.names = names;
    }

    /** The catalog of a store that has one. */
    static Catalog in(Nodes nodes) {
        return new Catalog(nodes, new Tree(nodes, ROOT));
    }

    /** The first catalog of an empty store. */
    static Catalog made(Nodes nodes) {
        Tree names = Tree.planted(nodes);
        if (names.root() != ROOT) {
            throw new IllegalStateException("the store was not empty: the catalog is record " + names.root());
        }
        return new Catalog(nodes, names);
    }

    Optional<Tree> find(String name) {
        Tree tree = known.get(name);
        if (tree != null) {
            return Optional.of(tree);
        }
        checkName(name);
        Optional<Tree> found = names.get(Bytes.utf8(name)).map(cell -> new Tree(nodes, rootIn(cell)));
        found.ifPresent(present -> known.put(name, present));
        return found;
    }

    Tree findOrPlant(String name) {
        return find(name).orElseGet(() -> plant(name));
    }

    private Tree plant(String name) {
        Tree tree = Tree.planted(nodes);
        byte[] root = ByteBuffer.allocate(Long.BYTES).putLong(tree.root()).array();
        names.put(Bytes.utf8(name), new Cell.Inline(Bytes.owning(root)));
        known.put(name, tree);
        return tree;
    }

    private static long rootIn(Cell cell) {
        return cell.match(value -> value.asByteBuffer().getLong(), record -> {
            throw new IllegalStateException("a root's number is short, so it is no record");
        });
    }

    private static void checkName(String name) {
        boolean isPlain = name.chars().allMatch(letter -> letter > ' ' && letter < 0x7f);
        if (name.isEmpty() || name.length() > NAME_CHARS_MAX || !isPlain) {
            throw new IllegalArgumentException("a table's name is 1 to " + NAME_CHARS_MAX + " ASCII characters");
        }
    }
}

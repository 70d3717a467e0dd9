package sotto.node.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import sotto.libp2p.bytes.Bytes;

/** A table to read, as the tree that it is; without a tree it is empty. Confined to the vault's thread. */
class TreeTable implements Table {
    private final Supplier<Optional<Tree>> tree;
    private final Records records;

    /** {@code tree} is asked at every use, and refuses once the table may not be used any more. */
    TreeTable(Supplier<Optional<Tree>> tree, Records records) {
        this.tree = tree;
        this.records = records;
    }

    @Override
    public Optional<Bytes> get(Bytes key) {
        return tree.get().flatMap(present -> present.get(key)).map(this::value);
    }

    @Override
    public List<Entry> ascending(Bytes from, Bytes to, int limit) {
        Page page = new Page(limit);
        tree.get().filter(present -> limit > 0).ifPresent(present -> present.ascending(from, to, page));
        return page.rows;
    }

    @Override
    public List<Entry> descending(Bytes from, Bytes to, int limit) {
        Page page = new Page(limit);
        tree.get().filter(present -> limit > 0).ifPresent(present -> present.descending(from, to, page));
        return page.rows;
    }

    @Override
    public List<Entry> withPrefix(Bytes prefix, int limit) {
        return ascending(prefix, behind(prefix), limit);
    }

    final Records records() {
        return records;
    }

    private Bytes value(Cell cell) {
        return cell.match(value -> value, records::value);
    }

    /** The smallest key that is behind all that start with {@code prefix}; where there is none, one longer than any key. */
    private static Bytes behind(Bytes prefix) {
        byte[] next = prefix.toArray();
        for (int index = next.length - 1; index >= 0; index--) {
            if (next[index] != (byte) 0xff) {
                next[index]++;
                return Bytes.copyOf(next).slice(0, index + 1);
            }
        }
        byte[] behindAll = new byte[KEY_BYTES_MAX + 1];
        Arrays.fill(behindAll, (byte) 0xff);
        return Bytes.owning(behindAll);
    }

    /** Collects rows up to a limit. */
    private final class Page implements Tree.Visitor {
        private final int limit;
        private final List<Entry> rows = new ArrayList<>();

        Page(int limit) {
            this.limit = limit;
        }

        @Override
        public boolean visit(Bytes key, Cell cell) {
            rows.add(new Entry(key, value(cell)));
            return rows.size() < limit;
        }
    }
}

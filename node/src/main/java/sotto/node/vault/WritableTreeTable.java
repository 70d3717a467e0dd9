package sotto.node.vault;

import java.util.Optional;
import java.util.function.Supplier;
import sotto.libp2p.bytes.Bytes;

/** A table inside a transaction. Confined to the vault's thread. */
final class WritableTreeTable extends TreeTable implements WritableTable {
    private final Supplier<Tree> tree;

    /** {@code tree} is asked at every use, and refuses once the transaction has ended. */
    WritableTreeTable(Supplier<Tree> tree, Records records) {
        super(() -> Optional.of(tree.get()), records);
        this.tree = tree;
    }

    @Override
    public void put(Bytes key, Bytes value) {
        checkSize("a key", key, KEY_BYTES_MAX);
        checkSize("a value", value, VALUE_BYTES_MAX);
        Tree present = tree.get();
        boolean isInline = value.size() <= Cell.INLINE_BYTES_MAX;
        Optional<Long> old = present.get(key).flatMap(WritableTreeTable::record);
        if (isInline) {
            present.put(key, new Cell.Inline(value));
            old.ifPresent(records()::delete);
        } else if (old.isPresent()) {
            records().update(old.get(), value);
        } else {
            present.put(key, new Cell.Outside(records().put(value)));
        }
    }

    @Override
    public void remove(Bytes key) {
        tree.get().remove(key).flatMap(WritableTreeTable::record).ifPresent(records()::delete);
    }

    private static Optional<Long> record(Cell cell) {
        return cell.match(value -> Optional.empty(), Optional::of);
    }

    private static void checkSize(String what, Bytes bytes, int sizeBytesMax) {
        if (bytes.size() > sizeBytesMax) {
            throw new IllegalArgumentException(what + " has at most " + sizeBytesMax + " bytes, not " + bytes.size());
        }
    }
}

package sotto.node.vault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A transaction while it runs; afterwards its tables refuse. Confined to the vault's thread. */
final class OpenTransaction implements Transaction {
    private final Catalog catalog;
    private final Records records;
    private final Map<String, WritableTable> tables = new HashMap<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean isOpen = true;

    OpenTransaction(Catalog catalog, Records records) {
        this.catalog = catalog;
        this.records = records;
    }

    @Override
    public WritableTable table(String name) {
        return tables.computeIfAbsent(name, fresh -> new WritableTreeTable(() -> tree(fresh), records));
    }

    @Override
    public void afterCommit(Runnable action) {
        checkOpen();
        afterCommit.add(action);
    }

    /** Ends it; gives what is to run once it is durable. */
    List<Runnable> end() {
        isOpen = false;
        return afterCommit;
    }

    private Tree tree(String name) {
        checkOpen();
        return catalog.findOrPlant(name);
    }

    private void checkOpen() {
        if (!isOpen) {
            throw new IllegalStateException("this transaction has ended");
        }
    }
}

package sotto.node.vault;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The state of an open vault in memory: pages, MapDB's store on them, trees, tables. Confined to the vault's thread. */
final class VaultMemory {
    private final KeyTree keys;
    private final PageCache pages;
    private final Records records;
    private final Nodes nodes;
    private final Catalog catalog;
    private final Tables tables;

    VaultMemory(KeyTree keys, int length) {
        this.keys = keys;
        this.pages = new PageCache(keys, length);
        this.records = new Records(new SealedVolume(pages));
        this.nodes = new Nodes(records);
        this.catalog = length == 0 ? Catalog.made(nodes) : Catalog.in(nodes);
        Map<String, Table> known = new HashMap<>();
        this.tables = name -> known.computeIfAbsent(name, fresh -> new TreeTable(() -> catalog.find(fresh), records));
    }

    /** The tables as they are, to read. */
    Tables tables() {
        return tables;
    }

    OpenTransaction begin() {
        return new OpenTransaction(catalog, records);
    }

    /** The changes since the last time, as pages; they are then the disk's to keep. */
    Map<Integer, byte[]> takeChanges() {
        nodes.flush();
        return pages.takeChanges();
    }

    /** How many frames of the journal the changes need, and a checkpoint after them. */
    int framesNeeded() {
        nodes.flush();
        return pages.framesNeeded();
    }

    /** The length of MapDB's volume, in pages. */
    int length() {
        return pages.length();
    }

    /** Whether anything was taken that is not in its slot. */
    boolean isUnsettled() {
        return !pages.unsettled().isEmpty();
    }

    /** What a checkpoint of everything taken so far needs. */
    CheckpointPlan plan() throws IOException, VaultException {
        return keys.plan(pages.unsettled());
    }

    /** The checkpoint of {@code plan} made {@code made}. */
    void settle(CheckpointPlan plan, NewTables made) {
        keys.install(made);
        pages.settle(plan.data());
    }
}

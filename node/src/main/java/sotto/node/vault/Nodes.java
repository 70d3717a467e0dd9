package sotto.node.vault;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The nodes of all trees: read when needed and kept while there is room; changed ones are kept until {@link #flush}, so a commit
 * writes a node once however often it was changed. Confined to the vault's thread.
 */
final class Nodes {
    private final Records records;
    private final Map<Long, TreeNode> clean;
    private final Map<Long, TreeNode> changed = new HashMap<>();
    private final Set<Long> reserved = new HashSet<>();

    Nodes(Records records) {
        this.records = records;
        this.clean = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, TreeNode> eldest) {
                return size() > VaultLimits.CLEAN_NODES_MAX;
            }
        };
    }

    TreeNode get(long number) {
        TreeNode node = changed.get(number);
        if (node == null) {
            node = clean.get(number);
        }
        if (node == null) {
            node = NodeCodec.decode(records.get(number));
            clean.put(number, node);
        }
        return node;
    }

    /** A number for a new node. */
    long add(TreeNode node) {
        long number = records.reserve();
        reserved.add(number);
        changed.put(number, node);
        return number;
    }

    /** Says that {@code node}, which is number {@code number}, was changed or took the place of another. */
    void changed(long number, TreeNode node) {
        clean.remove(number);
        changed.put(number, node);
    }

    void remove(long number) {
        clean.remove(number);
        changed.remove(number);
        if (reserved.remove(number)) {
            records.release(number);
        } else {
            records.delete(number);
        }
    }

    /** Writes all changed nodes to their records. */
    void flush() {
        changed.forEach((number, node) -> {
            records.update(number, NodeCodec.encode(node));
            clean.put(number, node);
        });
        changed.clear();
        reserved.clear();
    }

    Records records() {
        return records;
    }
}

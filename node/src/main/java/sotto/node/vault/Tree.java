package sotto.node.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;

/**
 * A B+ tree: rows in the order of their keys. The root keeps its number for ever. Unlike MapDB's own tree it joins nodes when
 * rows go, and a key that goes is in no node any more, not even between two children. Confined to the vault's thread.
 */
final class Tree {
    /** A node above this is split. A row takes at most 512 + 521, so a half is never above it. */
    static final int NODE_BYTES_MAX = 4_000;

    /** A node below this is joined with its neighbour, if both fit into one. */
    static final int NODE_BYTES_MIN = 1_000;

    /** Two nodes are joined if they take no more than this, so that the next row does not split them again. */
    private static final int NODE_BYTES_JOINED_MAX = 3_000;

    private final Nodes nodes;
    private final long root;

    Tree(Nodes nodes, long root) {
        this.nodes = nodes;
        this.root = root;
    }

    /** A new and empty tree. */
    static Tree planted(Nodes nodes) {
        return new Tree(nodes, nodes.add(new TreeNode.Leaf()));
    }

    /** The number of the root's record, by which the tree is found again. */
    long root() {
        return root;
    }

    Optional<Cell> get(Bytes key) {
        TreeNode.Leaf leaf = leafFor(key);
        int found = leaf.find(key);
        return found >= 0 ? Optional.of(leaf.cells.get(found)) : Optional.empty();
    }

    /** Inserts or replaces; gives the cell that was there before. */
    Optional<Cell> put(Bytes key, Cell cell) {
        Insertion insertion = new Insertion(key, cell);
        insertion.into(root);
        if (nodes.get(root).isTooBig()) {
            growRoot();
        }
        return insertion.replaced;
    }

    /** Removes the row; gives its cell. */
    Optional<Cell> remove(Bytes key) {
        Removal removal = new Removal(key);
        removal.from(root);
        shrinkRoot();
        return removal.removed;
    }

    /** Walks the rows with {@code from} <= key < {@code to} in ascending order. */
    void ascending(Bytes from, Bytes to, Visitor visitor) {
        ascend(root, from, to, visitor);
    }

    /** Walks the rows with {@code from} <= key < {@code to} in descending order. */
    void descending(Bytes from, Bytes to, Visitor visitor) {
        descend(root, from, to, visitor);
    }

    /** Sees rows until it says false. */
    interface Visitor {
        boolean visit(Bytes key, Cell cell);
    }

    private TreeNode.Leaf leafFor(Bytes key) {
        TreeNode node = nodes.get(root);
        while (node instanceof TreeNode.Branch branch) {
            node = nodes.get(branch.children.get(branch.childFor(key)));
        }
        return (TreeNode.Leaf) node;
    }

    private boolean ascend(long number, Bytes from, Bytes to, Visitor visitor) {
        TreeNode node = nodes.get(number);
        if (node instanceof TreeNode.Branch branch) {
            for (int child = branch.childFor(from); child < branch.children.size(); child++) {
                boolean isBehind = child > 0 && branch.keys.get(child - 1).compareTo(to) >= 0;
                if (isBehind || !ascend(branch.children.get(child), from, to, visitor)) {
                    return false;
                }
            }
            return true;
        }
        TreeNode.Leaf leaf = (TreeNode.Leaf) node;
        int found = leaf.find(from);
        for (int index = found >= 0 ? found : -found - 1; index < leaf.keys.size(); index++) {
            boolean isBehind = leaf.keys.get(index).compareTo(to) >= 0;
            if (isBehind || !visitor.visit(leaf.keys.get(index), leaf.cells.get(index))) {
                return false;
            }
        }
        return true;
    }

    private boolean descend(long number, Bytes from, Bytes to, Visitor visitor) {
        TreeNode node = nodes.get(number);
        if (node instanceof TreeNode.Branch branch) {
            for (int child = branch.childFor(to); child >= 0; child--) {
                if (!descend(branch.children.get(child), from, to, visitor)) {
                    return false;
                }
                boolean isFirst = child > 0 && branch.keys.get(child - 1).compareTo(from) <= 0;
                if (isFirst) {
                    return false;
                }
            }
            return true;
        }
        TreeNode.Leaf leaf = (TreeNode.Leaf) node;
        int found = leaf.find(to);
        for (int index = (found >= 0 ? found : -found - 1) - 1; index >= 0; index--) {
            boolean isBefore = leaf.keys.get(index).compareTo(from) < 0;
            if (isBefore || !visitor.visit(leaf.keys.get(index), leaf.cells.get(index))) {
                return false;
            }
        }
        return true;
    }

    /** Puts what is in the root into a new node below it, and splits that. */
    private void growRoot() {
        TreeNode old = nodes.get(root);
        long below = nodes.add(old);
        List<Long> children = new ArrayList<>();
        children.add(below);
        TreeNode.Branch top = new TreeNode.Branch(new ArrayList<>(), children);
        nodes.changed(root, top);
        split(top, 0);
    }

    /** Takes the place of the root's only child, as long as there is only one. */
    private void shrinkRoot() {
        while (nodes.get(root) instanceof TreeNode.Branch branch && branch.children.size() == 1) {
            long below = branch.children.get(0);
            TreeNode only = nodes.get(below);
            nodes.remove(below);
            nodes.changed(root, only);
        }
    }

    /** Splits child {@code index} of {@code parent} in two. */
    private void split(TreeNode.Branch parent, int index) {
        long number = parent.children.get(index);
        TreeNode child = nodes.get(number);
        int middle = child.splitPoint();
        if (child instanceof TreeNode.Leaf leaf) {
            TreeNode.Leaf right = leaf.splitAt(middle);
            parent.insert(index, right.keys.get(0), nodes.add(right));
        } else if (child instanceof TreeNode.Branch branch) {
            Bytes between = branch.keys.get(middle);
            parent.insert(index, between, nodes.add(branch.splitAt(middle)));
        }
        nodes.changed(number, child);
    }

    /** One put on its way down and up again. */
    private final class Insertion {
        private final Bytes key;
        private final Cell cell;
        private Optional<Cell> replaced = Optional.empty();

        Insertion(Bytes key, Cell cell) {
            this.key = key;
            this.cell = cell;
        }

        void into(long number) {
            TreeNode node = nodes.get(number);
            if (node instanceof TreeNode.Branch branch) {
                int child = branch.childFor(key);
                into(branch.children.get(child));
                if (nodes.get(branch.children.get(child)).isTooBig()) {
                    split(branch, child);
                    nodes.changed(number, branch);
                }
            } else if (node instanceof TreeNode.Leaf leaf) {
                int found = leaf.find(key);
                if (found >= 0) {
                    replaced = Optional.of(leaf.cells.get(found));
                    leaf.replace(found, cell);
                } else {
                    leaf.insert(-found - 1, key, cell);
                }
                nodes.changed(number, leaf);
            }
        }
    }

    /** One remove on its way down and up again. */
    private final class Removal {
        private final Bytes key;
        private Optional<Cell> removed = Optional.empty();

        Removal(Bytes key) {
            this.key = key;
        }

        void from(long number) {
            TreeNode node = nodes.get(number);
            if (node instanceof TreeNode.Branch branch) {
                int child = branch.childFor(key);
                from(branch.children.get(child));
                if (removed.isPresent()) {
                    mend(number, branch, child);
                }
            } else if (node instanceof TreeNode.Leaf leaf) {
                int found = leaf.find(key);
                if (found >= 0) {
                    removed = Optional.of(leaf.cells.get(found));
                    leaf.remove(found);
                    nodes.changed(number, leaf);
                }
            }
        }

        /** Joins the child if it became small, and drops the removed key where it stood between children. */
        private void mend(long number, TreeNode.Branch branch, int child) {
            if (nodes.get(branch.children.get(child)).isSmall()) {
                if (child > 0 && joined(branch, child - 1)) {
                    nodes.changed(number, branch);
                } else if (child + 1 < branch.children.size() && joined(branch, child)) {
                    nodes.changed(number, branch);
                }
            }
            int between = branch.find(key);
            if (between >= 0) {
                branch.replaceKey(between, firstKey(branch.children.get(between + 1)));
                nodes.changed(number, branch);
            }
        }

        /** Joins child {@code left} and the one to its right, if they fit into one or one of them is empty. */
        private boolean joined(TreeNode.Branch parent, int left) {
            long number = parent.children.get(left);
            long rightNumber = parent.children.get(left + 1);
            TreeNode node = nodes.get(number);
            TreeNode right = nodes.get(rightNumber);
            boolean mustJoin = node.keys.isEmpty() || right.keys.isEmpty();
            if (!mustJoin && node.sizeBytes() + right.sizeBytes() > NODE_BYTES_JOINED_MAX) {
                return false;
            }
            Bytes between = parent.removeRightOf(left);
            if (node instanceof TreeNode.Leaf leaf && right instanceof TreeNode.Leaf rightLeaf) {
                leaf.append(rightLeaf);
            } else if (node instanceof TreeNode.Branch branch && right instanceof TreeNode.Branch rightBranch) {
                branch.append(between, rightBranch);
            }
            nodes.remove(rightNumber);
            nodes.changed(number, node);
            if (node.isTooBig()) {
                split(parent, left);
            }
            return true;
        }

        private Bytes firstKey(long number) {
            TreeNode node = nodes.get(number);
            while (node instanceof TreeNode.Branch branch) {
                node = nodes.get(branch.children.get(0));
            }
            return node.keys.get(0);
        }
    }
}

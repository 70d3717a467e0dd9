package sotto.node.vault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sotto.libp2p.bytes.Bytes;

/**
 * A node of a {@link Tree}, in memory. A leaf holds the rows; a branch holds children and between each two of them the smallest
 * key of the right one. Confined to the vault's thread.
 */
abstract sealed class TreeNode {
    private static final int NOWHERE = -2;

    /** What a key costs beside its bytes. */
    private static final int KEY_OVERHEAD_BYTES = 8;

    final List<Bytes> keys;
    private int sizeBytes;

    // Where the last key was inserted, and whether the one before it was right in front: rows that come in order. Not
    // stored.
    private int inserted = NOWHERE;
    private boolean isRun;

    private TreeNode(List<Bytes> keys) {
        this.keys = keys;
    }

    /** What this takes, about: what splitting and joining go by. */
    final int sizeBytes() {
        return sizeBytes;
    }

    /** Where {@code key} is among the keys, or {@code -(where it would be) - 1}. */
    final int find(Bytes key) {
        return Collections.binarySearch(keys, key);
    }

    final boolean isTooBig() {
        return sizeBytes > Tree.NODE_BYTES_MAX;
    }

    final boolean isSmall() {
        return sizeBytes < Tree.NODE_BYTES_MIN;
    }

    /** What the key at {@code index}, and what belongs to it, takes. */
    abstract int cost(int index);

    final void grow(int bytes) {
        sizeBytes += bytes;
    }

    /** Notes that a key was inserted. */
    final void inserted(int index) {
        isRun = index == inserted + 1;
        inserted = index;
    }

    /** Notes that keys went, or came otherwise. */
    final void rearranged() {
        isRun = false;
        inserted = NOWHERE;
    }

    /** Whether keys come in order, the last of them at {@code index}: more will come behind it. */
    final boolean isRunAt(int index) {
        return isRun && inserted == index;
    }

    /** Where the last key was inserted. */
    final int lastInserted() {
        return inserted;
    }

    /** Where to split this so that both sides can take about as much. */
    int splitPoint() {
        int left = 0;
        int index = 0;
        while (left < sizeBytes / 2 && index < keys.size() - 2) {
            left += cost(index);
            index++;
        }
        return Math.max(1, index);
    }

    /** Rows, in the order of their keys. */
    static final class Leaf extends TreeNode {
        final List<Cell> cells;

        Leaf() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        Leaf(List<Bytes> keys, List<Cell> cells) {
            super(keys);
            this.cells = cells;
            for (int index = 0; index < keys.size(); index++) {
                grow(cost(index));
            }
        }

        void insert(int index, Bytes key, Cell cell) {
            add(index, key, cell);
            inserted(index);
        }

        private void add(int index, Bytes key, Cell cell) {
            keys.add(index, key);
            cells.add(index, cell);
            grow(cost(index));
        }

        void replace(int index, Cell cell) {
            grow(-cost(index));
            cells.set(index, cell);
            grow(cost(index));
        }

        void remove(int index) {
            grow(-cost(index));
            keys.remove(index);
            cells.remove(index);
            rearranged();
        }

        /**
         * In the middle; but where rows come in order, right behind the last one, so that what is on its left stays full and
         * what is on its right is left alone.
         */
        @Override
        int splitPoint() {
            int last = lastInserted();
            if (!isRunAt(last)) {
                return super.splitPoint();
            }
            int behind = sizeBytes(last + 1, keys.size());
            boolean fits = last + 1 < keys.size() && sizeBytes() - behind <= Tree.NODE_BYTES_MAX;
            boolean fitsWithout = behind + cost(last) <= Tree.NODE_BYTES_MAX;
            return fits ? last + 1 : last > 0 && fitsWithout ? last : super.splitPoint();
        }

        private int sizeBytes(int from, int to) {
            int size = 0;
            for (int index = from; index < to; index++) {
                size += cost(index);
            }
            return size;
        }

        /** Takes the rows from {@code from} on away into a new leaf. */
        Leaf splitAt(int from) {
            Leaf right = new Leaf(
                    new ArrayList<>(keys.subList(from, keys.size())),
                    new ArrayList<>(cells.subList(from, cells.size())));
            boolean isRunLeft = isRunAt(from - 1);
            if (isRunAt(from)) {
                right.inserted(0);
            }
            while (keys.size() > from) {
                remove(keys.size() - 1);
            }
            if (isRunLeft) {
                inserted(from - 1);
            }
            return right;
        }

        void append(Leaf right) {
            for (int index = 0; index < right.keys.size(); index++) {
                add(keys.size(), right.keys.get(index), right.cells.get(index));
            }
            rearranged();
        }

        @Override
        int cost(int index) {
            return keys.get(index).size()
                    + KEY_OVERHEAD_BYTES
                    + cells.get(index).sizeBytes();
        }
    }

    /** Children by the numbers of their records; key {@code i} is the smallest in child {@code i + 1}. */
    static final class Branch extends TreeNode {
        private static final int CHILD_BYTES = 4;

        final List<Long> children;

        Branch(List<Bytes> keys, List<Long> children) {
            super(keys);
            this.children = children;
            for (int index = 0; index < keys.size(); index++) {
                grow(cost(index));
            }
        }

        /** Which child has {@code key}, if any has. */
        int childFor(Bytes key) {
            int found = find(key);
            return found >= 0 ? found + 1 : -found - 1;
        }

        /** Puts {@code child} to the right of child {@code left}, {@code key} between them. */
        void insert(int left, Bytes key, long child) {
            keys.add(left, key);
            children.add(left + 1, child);
            grow(cost(key));
            inserted(left);
        }

        /** In the middle; but near the end if it grows there, because the left half would stay half empty. */
        @Override
        int splitPoint() {
            return isRunAt(keys.size() - 1) ? keys.size() - 2 : super.splitPoint();
        }

        /** Takes child {@code left + 1} away, and the key in front of it. */
        Bytes removeRightOf(int left) {
            Bytes key = keys.remove(left);
            children.remove(left + 1);
            grow(-cost(key));
            rearranged();
            return key;
        }

        void replaceKey(int index, Bytes key) {
            grow(cost(key) - cost(keys.get(index)));
            keys.set(index, key);
        }

        /** Takes the children behind key {@code middle} away into a new branch; that key is in neither. */
        Branch splitAt(int middle) {
            Branch right = new Branch(
                    new ArrayList<>(keys.subList(middle + 1, keys.size())),
                    new ArrayList<>(children.subList(middle + 1, children.size())));
            while (keys.size() > middle) {
                removeRightOf(keys.size() - 1);
            }
            return right;
        }

        void append(Bytes between, Branch right) {
            insert(keys.size(), between, right.children.get(0));
            for (int index = 0; index < right.keys.size(); index++) {
                insert(keys.size(), right.keys.get(index), right.children.get(index + 1));
            }
            rearranged();
        }

        @Override
        int cost(int index) {
            return cost(keys.get(index));
        }

        private static int cost(Bytes key) {
            return key.size() + KEY_OVERHEAD_BYTES + CHILD_BYTES;
        }
    }
}

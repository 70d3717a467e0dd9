package sotto.node.vault;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * Nodes as records: kind, count, what all keys begin with, then the rest of each key and its value or child.
 * Padded with zeros to what a record takes anyway, so that a node never moves. Pure.
 */
final class NodeCodec {
    private static final int LEAF = 0;
    private static final int BRANCH = 1;
    private static final int INLINE = 0;
    private static final int OUTSIDE = 1;

    private NodeCodec() {}

    static byte[] encode(TreeNode node) {
        // There is room: splitting goes by a size that counts somewhat more for each key than this writes.
        ByteBuffer out = ByteBuffer.allocate(Records.UNIT_BYTES);
        if (node instanceof TreeNode.Leaf leaf) {
            encode(leaf, out);
        } else if (node instanceof TreeNode.Branch branch) {
            encode(branch, out);
        }
        return out.array();
    }

    /** What {@link #encode} made; the record was authentic, so it is ours. */
    static TreeNode decode(byte[] record) {
        ByteReader in = new ByteReader(Bytes.owning(record));
        try {
            int kind = in.u8();
            int count = in.u16();
            return kind == LEAF ? leaf(in, count) : branch(in, count);
        } catch (WireException impossible) {
            throw new IllegalStateException("a node that we wrote does not read", impossible);
        }
    }

    private static void encode(TreeNode.Leaf leaf, ByteBuffer out) {
        out.put((byte) LEAF).putShort((short) leaf.keys.size());
        int shared = putShared(out, leaf.keys);
        for (int index = 0; index < leaf.keys.size(); index++) {
            putKey(out, leaf.keys.get(index), shared);
            leaf.cells
                    .get(index)
                    .match(value -> putInline(out, value), record -> putNumber(out.put((byte) OUTSIDE), record));
        }
    }

    private static ByteBuffer putInline(ByteBuffer out, Bytes value) {
        return out.put((byte) INLINE).putShort((short) value.size()).put(value.asByteBuffer());
    }

    /** The number of a record in 32 bits: a full vault has not so many. */
    private static ByteBuffer putNumber(ByteBuffer out, long record) {
        return out.putInt(Math.toIntExact(record));
    }

    private static TreeNode.Leaf leaf(ByteReader in, int count) throws WireException {
        Bytes shared = in.field16();
        List<Bytes> keys = new ArrayList<>(count + 1);
        List<Cell> cells = new ArrayList<>(count + 1);
        for (int index = 0; index < count; index++) {
            keys.add(readKey(in, shared));
            cells.add(in.u8() == INLINE ? new Cell.Inline(in.field16()) : new Cell.Outside(in.u32()));
        }
        return new TreeNode.Leaf(keys, cells);
    }

    private static void encode(TreeNode.Branch branch, ByteBuffer out) {
        out.put((byte) BRANCH).putShort((short) branch.keys.size());
        putNumber(out, branch.children.get(0));
        int shared = putShared(out, branch.keys);
        for (int index = 0; index < branch.keys.size(); index++) {
            putKey(out, branch.keys.get(index), shared);
            putNumber(out, branch.children.get(index + 1));
        }
    }

    private static TreeNode.Branch branch(ByteReader in, int count) throws WireException {
        List<Bytes> keys = new ArrayList<>(count + 1);
        List<Long> children = new ArrayList<>(count + 2);
        children.add(in.u32());
        Bytes shared = in.field16();
        for (int index = 0; index < count; index++) {
            keys.add(readKey(in, shared));
            children.add(in.u32());
        }
        return new TreeNode.Branch(keys, children);
    }

    /** Writes what all of the sorted {@code keys} begin with; gives its length. */
    private static int putShared(ByteBuffer out, List<Bytes> keys) {
        int shared = keys.isEmpty() ? 0 : keys.get(0).sharedPrefix(keys.get(keys.size() - 1));
        out.putShort((short) shared);
        if (shared > 0) {
            out.put(keys.get(0).asByteBuffer().limit(shared));
        }
        return shared;
    }

    private static void putKey(ByteBuffer out, Bytes key, int shared) {
        out.putShort((short) (key.size() - shared));
        // Straight into the array, which the buffer was allocated with: a leaf of a hundred keys is written at every
        // commit.
        key.copyTo(out.array(), out.arrayOffset() + out.position(), shared);
        out.position(out.position() + key.size() - shared);
    }

    private static Bytes readKey(ByteReader in, Bytes shared) throws WireException {
        Bytes own = in.field16();
        return shared.isEmpty() ? own : Bytes.concat(shared, own);
    }
}

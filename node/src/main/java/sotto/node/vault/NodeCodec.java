package sotto.node.vault;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * Nodes as records: kind, count, then each key as what it shares with the one before and what it adds, then its value or child.
 * Padded with zeros to a multiple of 256 bytes, so that a node that grows seldom moves. Pure.
 */
final class NodeCodec {
    private static final int PADDING_BYTES = 256;
    private static final int LEAF = 0;
    private static final int BRANCH = 1;
    private static final int INLINE = 0;
    private static final int OUTSIDE = 1;

    private NodeCodec() {}

    static byte[] encode(Node node) {
        ByteWriter out = new ByteWriter();
        if (node instanceof Node.Leaf leaf) {
            encode(leaf, out);
        } else if (node instanceof Node.Branch branch) {
            encode(branch, out);
        }
        int padded = (out.size() + PADDING_BYTES - 1) / PADDING_BYTES * PADDING_BYTES;
        byte[] record = new byte[padded];
        out.toBytes().copyTo(record, 0);
        return record;
    }

    /** What {@link #encode} made; the record was authentic, so it is ours. */
    static Node decode(byte[] record) {
        ByteReader in = new ByteReader(Bytes.owning(record));
        try {
            int kind = in.u8();
            int count = in.u16();
            return kind == LEAF ? leaf(in, count) : branch(in, count);
        } catch (WireException impossible) {
            throw new IllegalStateException("a node that we wrote does not read", impossible);
        }
    }

    private static void encode(Node.Leaf leaf, ByteWriter out) {
        out.u8(LEAF).u16(leaf.keys.size());
        @Nullable Bytes before = null;
        for (int index = 0; index < leaf.keys.size(); index++) {
            writeKey(out, before, leaf.keys.get(index));
            before = leaf.keys.get(index);
            leaf.cells
                    .get(index)
                    .match(
                            value -> out.u8(INLINE).u16(value.size()).raw(value),
                            record -> out.u8(OUTSIDE).u32(record));
        }
    }

    private static Node.Leaf leaf(ByteReader in, int count) throws WireException {
        List<Bytes> keys = new ArrayList<>(count + 1);
        List<Cell> cells = new ArrayList<>(count + 1);
        for (int index = 0; index < count; index++) {
            keys.add(readKey(in, keys));
            cells.add(in.u8() == INLINE ? new Cell.Inline(in.field16()) : new Cell.Outside(in.u32()));
        }
        return new Node.Leaf(keys, cells);
    }

    private static void encode(Node.Branch branch, ByteWriter out) {
        out.u8(BRANCH).u16(branch.keys.size()).u32(branch.children.get(0));
        @Nullable Bytes before = null;
        for (int index = 0; index < branch.keys.size(); index++) {
            writeKey(out, before, branch.keys.get(index));
            before = branch.keys.get(index);
            out.u32(branch.children.get(index + 1));
        }
    }

    private static Node.Branch branch(ByteReader in, int count) throws WireException {
        List<Bytes> keys = new ArrayList<>(count + 1);
        List<Long> children = new ArrayList<>(count + 2);
        children.add(in.u32());
        for (int index = 0; index < count; index++) {
            keys.add(readKey(in, keys));
            children.add(in.u32());
        }
        return new Node.Branch(keys, children);
    }

    private static void writeKey(ByteWriter out, @Nullable Bytes before, Bytes key) {
        int shared = before == null ? 0 : shared(before, key);
        out.u16(shared).u16(key.size() - shared).raw(key.slice(shared, key.size()));
    }

    private static Bytes readKey(ByteReader in, List<Bytes> before) throws WireException {
        int shared = in.u16();
        Bytes added = in.field16();
        if (shared == 0) {
            return added;
        }
        return Bytes.concat(before.get(before.size() - 1).slice(0, shared), added);
    }

    private static int shared(Bytes before, Bytes key) {
        int most = Math.min(before.size(), key.size());
        int shared = 0;
        while (shared < most && before.at(shared) == key.at(shared)) {
            shared++;
        }
        return shared;
    }
}

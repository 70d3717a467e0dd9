package sotto.node.wire;

import java.util.List;
import java.util.TreeSet;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * The tags that one end of a connection shows: 256 entries of 16 bytes, or the next power of two where more are needed, in
 * ascending order and without repetition. Which of them are tags and which are padding only a contact can tell, and the order
 * tells nothing.
 */
public record RecognitionMessage(List<Bytes> entries) {
    public static final int TAG_BYTES = 16;
    public static final int ENTRIES_MIN = 256;
    public static final int ENTRIES_MAX = 4_096;
    public static final int SIZE_BYTES_MAX = ENTRIES_MAX * TAG_BYTES;

    public RecognitionMessage {
        entries = List.copyOf(new TreeSet<>(entries));
        if (!isCount(entries.size()) || entries.stream().anyMatch(entry -> entry.size() != TAG_BYTES)) {
            throw new IllegalArgumentException("recognition shows 2^n entries of 16 bytes, not " + entries.size());
        }
    }

    public Bytes encode() {
        ByteWriter out = new ByteWriter();
        entries.forEach(out::raw);
        return out.toBytes();
    }

    public static RecognitionMessage decode(Bytes bytes) throws WireException {
        int count = bytes.size() / TAG_BYTES;
        if (bytes.size() % TAG_BYTES != 0 || !isCount(count)) {
            throw new WireException("expected 2^n recognition entries of 16 bytes, found " + bytes.size() + " bytes");
        }
        ByteReader in = new ByteReader(bytes);
        TreeSet<Bytes> entries = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            Bytes entry = in.raw(TAG_BYTES);
            if (!entries.isEmpty() && entries.last().compareTo(entry) >= 0) {
                throw new WireException("recognition entries that do not ascend");
            }
            entries.add(entry);
        }
        return new RecognitionMessage(List.copyOf(entries));
    }

    private static boolean isCount(int count) {
        return count >= ENTRIES_MIN && count <= ENTRIES_MAX && Integer.bitCount(count) == 1;
    }
}

package sotto.node.contact;

import java.nio.ByteBuffer;
import java.util.List;
import sotto.libp2p.bytes.Bytes;
import sotto.node.wire.RecognitionMessage;

/** The entries of a recognition message, compared so that time tells neither whether nor where one matched. Immutable. */
final class EntryTable {
    private final long[] halves;

    EntryTable(RecognitionMessage message) {
        List<Bytes> entries = message.entries();
        halves = new long[2 * entries.size()];
        for (int i = 0; i < entries.size(); i++) {
            ByteBuffer entry = entries.get(i).asByteBuffer();
            halves[2 * i] = entry.getLong();
            halves[2 * i + 1] = entry.getLong();
        }
    }

    /** True if {@code tag}, 16 bytes, is one of the entries; looks at all of them whatever it finds. */
    boolean contains(Bytes tag) {
        ByteBuffer buffer = tag.asByteBuffer();
        long high = buffer.getLong();
        long low = buffer.getLong();
        long anyEqual = 0;
        for (int i = 0; i < halves.length; i += 2) {
            long difference = (halves[i] ^ high) | (halves[i + 1] ^ low);
            // The sign of (d | -d) is 0 only for d = 0; inverted, it is a 1 exactly where the entry is equal.
            anyEqual |= ~(difference | -difference) >>> (Long.SIZE - 1);
        }
        return anyEqual != 0;
    }
}

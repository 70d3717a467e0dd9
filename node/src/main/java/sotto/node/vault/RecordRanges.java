package sotto.node.vault;

import java.util.ArrayList;
import java.util.List;

/** Where the bytes of one record lie in the volume. Confined to the vault's thread. */
final class RecordRanges {
    private final List<Range> ranges = new ArrayList<>();

    void add(long offset, int sizeBytes) {
        ranges.add(new Range(offset, sizeBytes));
    }

    List<Range> ranges() {
        return List.copyOf(ranges);
    }

    /** Whether it is one piece of that size, in whose place MapDB puts another of that size. */
    boolean isOneOf(int sizeBytes) {
        return ranges.size() == 1 && ranges.get(0).sizeBytes() == sizeBytes;
    }

    record Range(long offset, int sizeBytes) {}
}

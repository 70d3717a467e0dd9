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

    record Range(long offset, int sizeBytes) {}
}

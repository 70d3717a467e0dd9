package sotto.node.vault;

import static sotto.node.vault.VaultFormat.FANOUT;
import static sotto.node.vault.VaultFormat.SLOT_BYTES;

/**
 * Where things are in the main file, counted in slots: two headers and their marks, then each level-1 table before its level-2
 * tables, each of those before its 127 data pages. So the file grows at its end as the volume does.
 */
final class Slots {
    static final int HEADER_A = 0;
    static final int HEADER_B = 1;
    static final int MARKS = 2;
    static final int FIRST_PAGE = 3;

    private static final int SLOTS_PER_LEVEL_2 = 1 + FANOUT;
    private static final int SLOTS_PER_LEVEL_1 = 1 + FANOUT * SLOTS_PER_LEVEL_2;

    private Slots() {}

    /** The slot of page {@code number} of {@code region}. */
    static int of(Region region, int number) {
        return switch (region) {
            case LEVEL_1 -> FIRST_PAGE + number * SLOTS_PER_LEVEL_1;
            case LEVEL_2 -> of(Region.LEVEL_1, number / FANOUT) + 1 + (number % FANOUT) * SLOTS_PER_LEVEL_2;
            case DATA -> of(Region.LEVEL_2, number / FANOUT) + 1 + number % FANOUT;
            default -> throw new IllegalArgumentException(region + " has no slots");
        };
    }

    static long offset(int slot) {
        return (long) slot * SLOT_BYTES;
    }
}

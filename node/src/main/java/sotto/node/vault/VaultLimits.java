package sotto.node.vault;

import java.time.Duration;

/** The bounds of an open vault that the format does not set. */
final class VaultLimits {
    /** Pages kept in memory that could be read again: 16 MB. */
    static final int CLEAN_PAGES_MAX = 4_096;

    /** Pages that the transactions of one commit may change: 128 MB. */
    static final int CHANGED_PAGES_MAX = 32_768;

    /** Tree nodes kept in memory that could be read again. */
    static final int CLEAN_NODES_MAX = 4_096;

    /** Frames of a new journal: 16 MiB. */
    static final int JOURNAL_FRAMES = 4_068;

    /** How long nothing is committed before the journal is emptied. */
    static final Duration IDLE_BEFORE_CHECKPOINT = Duration.ofSeconds(30);

    private VaultLimits() {}
}

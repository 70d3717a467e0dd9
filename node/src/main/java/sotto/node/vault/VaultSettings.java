package sotto.node.vault;

import java.util.function.Function;
import sotto.libp2p.runtime.EventLoop;

/**
 * What may differ between vaults without changing the format. Only tests have any but {@link #STANDARD}.
 *
 * @param leastCost the cheapest lock that is opened
 * @param cost the cost of a new lock
 * @param journalFrames the length of a new journal
 */
record VaultSettings(ArgonCost leastCost, Function<EventLoop, ArgonCost> cost, int journalFrames) {
    static final VaultSettings STANDARD =
            new VaultSettings(ArgonCost.LEAST, ArgonCost::calibrated, VaultLimits.JOURNAL_FRAMES);
}

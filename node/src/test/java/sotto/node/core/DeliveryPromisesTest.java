package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import sotto.libp2p.runtime.Seeds;

/** Proves that nothing written is lost, doubled or reordered, whatever breaks in between: promise 3. */
class DeliveryPromisesTest {
    private static final int SEEDS = 60;

    @Test
    void everyHistoryKeepsItsPromises() {
        SimHistory.Report all = new SimHistory.Report();
        Seeds.forEachSeed(SEEDS, seed -> all.add(SimHistory.play(seed)));
        assertTrue(all.hasEveryFault(), all::toString);
    }
}

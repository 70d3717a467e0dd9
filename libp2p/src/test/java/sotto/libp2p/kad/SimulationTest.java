package sotto.libp2p.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Proves in a small simulated world that records are found, outlive those who keep them, and withstand who would hide them. */
class SimulationTest {
    private static final SimOptions WORLD = SimOptions.standard(400, 1);

    @Test
    void findsWhatWasPutInFewHops() {
        SimLookups lookups = SimLookups.measured(WORLD, 20, 200);
        assertEquals(200, lookups.found(), lookups::toString);
        assertTrue(lookups.hops() > 1 && lookups.hops() <= 4, lookups::toString);
        assertTrue(lookups.copies() > 15, lookups::toString);
    }

    @Test
    void oneSeedGivesOneHistory() {
        assertEquals(living(1), living(1));
        assertNotEquals(living(1), living(2));
    }

    @Test
    void sybilsFromFewNetworksHideNothing() {
        SimAttack.Plan plan = new SimAttack.Plan(0.1, 5, 0, 3, 30);
        SimAttack attack = SimAttack.measured(WORLD, plan);
        assertTrue(attack.foundShare() >= 0.99, attack::toString);
        // Without the limits the very same attack succeeds, so that it is they that withstand it.
        SimAttack unlimited = SimAttack.measured(WORLD.withDiversity(Diversity.UNLIMITED), plan);
        assertTrue(unlimited.foundShare() < 0.5, unlimited::toString);
    }

    @Test
    void recordsOutliveThoseWhoKeepThem() {
        SimOptions world = SimOptions.standard(120, 3);
        SimDurability kept = SimDurability.measured(world, 50, 4, 0.1, (hour, figures) -> {});
        assertEquals(1, kept.survivingShare(), kept::toString);
        // Nobody hands on: then records go with those who keep them, so that it is the handing on that keeps them.
        SimDurability alone =
                SimDurability.measured(world.withReplication(Duration.ofDays(7)), 50, 4, 0.1, (hour, figures) -> {});
        double copies = kept.hours().get(3).copies();
        assertTrue(alone.hours().get(3).copies() < copies * 2 / 3, () -> copies + " copies, and " + alone);
    }

    @Test
    void slowNodesFindWhatWasPutToo() {
        SimOptions.SimLink slow = new SimOptions.SimLink(400, 0.7, 0.01, 0.002, 0.3, SimOptions.Trips.STANDARD);
        SimLookups lookups = SimLookups.measured(WORLD.withLink(slow), 10, 50);
        assertEquals(50, lookups.found(), lookups::toString);
    }

    @Test
    void liarsAndDroppersHideNothing() {
        for (SimAdversity.Kind kind : SimAdversity.Kind.values()) {
            SimLookups lookups = SimAdversity.measured(WORLD, kind, 0.2, 10, 100);
            assertEquals(100, lookups.found(), () -> kind + ": " + lookups);
        }
    }

    private static SimDurability living(long seed) {
        return SimDurability.measured(SimOptions.standard(100, seed), 20, 1, 0.5, (hour, figures) -> {});
    }
}

package sotto.bench.app;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sotto.libp2p.kad.SimAttack;
import sotto.libp2p.kad.SimDurability;
import sotto.libp2p.kad.SimFlood;
import sotto.libp2p.kad.SimLookups;

/**
 * What {@link DhtBenchmark} measured.
 *
 * @param growth lookups in ever larger networks, every request on a connection that may have to be dialled
 * @param oneTrip the same where every request is one round trip
 * @param living an hour or more of everybody's life in the same networks
 * @param attacks by their names
 * @param adversity by its name
 */
record DhtFigures(
        int nodes,
        long seed,
        List<SimLookups> growth,
        List<SimLookups> oneTrip,
        List<SimDurability> living,
        SimDurability durability,
        Map<String, SimAttack> attacks,
        Map<String, SimLookups> adversity,
        SimFlood flood) {
    /** The attack that has to fail. */
    static final String FEW_NETWORKS = "from 5 networks";

    /** What is wanted, and what came. */
    record Goal(String what, String wanted, String measured, boolean isMet) {}

    List<Goal> goals() {
        SimLookups lookups = growth.get(growth.size() - 1);
        SimLookups warm = oneTrip.get(oneTrip.size() - 1);
        List<Goal> goals = new ArrayList<>();
        goals.add(atLeast("gets that find the record", lookups.foundShare(), 0.999));
        goals.add(atMost("hops, mean", lookups.hops(), 4, "%.2f"));
        goals.add(atMost("95th percentile of a get, s, a request being one round trip", seconds(warm), 2, "%.2f"));
        goals.add(atMost("the same, connections being dialled", seconds(lookups), 2, "%.2f"));
        SimAttack attack = attacks.get(FEW_NETWORKS);
        if (attack != null) {
            goals.add(atLeast("gets that find it, 10 % sybils from 5 networks", attack.foundShare(), 0.99));
        }
        goals.add(atLeast(
                DhtPage.text(
                        "records found after %d h of churn", durability.hours().size()),
                durability.survivingShare(),
                0.999));
        return goals;
    }

    String json() {
        return new Gson().toJson(this);
    }

    private static double seconds(SimLookups lookups) {
        return lookups.getMillis().p95() / 1e3;
    }

    private static Goal atLeast(String what, double share, double bound) {
        return new Goal(what, DhtPage.text("≥ %.1f %%", 100 * bound), DhtPage.percent(share), share >= bound);
    }

    private static Goal atMost(String what, double value, double bound, String format) {
        return new Goal(what, DhtPage.text("≤ %.0f", bound), DhtPage.text(format, value), value <= bound);
    }
}

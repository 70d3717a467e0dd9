package sotto.bench.app;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sotto.libp2p.kad.Diversity;
import sotto.libp2p.kad.SimAdversity;
import sotto.libp2p.kad.SimAttack;
import sotto.libp2p.kad.SimDurability;
import sotto.libp2p.kad.SimFlood;
import sotto.libp2p.kad.SimLookups;
import sotto.libp2p.kad.SimOptions;

/** The table in a world of thousands of simulated nodes, which run the very classes of {@code libp2p.kad} in virtual time. */
final class DhtBenchmark implements Benchmark {
    private static final Path DOCS = Path.of("docs");
    private static final int PUTS = 100;
    private static final double SYBILS = 0.1;
    private static final int GETS_PER_PUT = 20;
    private static final int FLOODERS = 5;
    private static final int FLOODING_PUTS = 2_000;
    private static final int SMALLEST = 100;

    @Override
    public String name() {
        return "dht";
    }

    @Override
    public String description() {
        return "the DHT in a simulated world (--nodes 10000 --seed 1 --gets 3000 --records 1000 --hours 24 --awake 0.05"
                + " --awake-max 10000 --attacks 10); writes docs/benchmarks.md";
    }

    @Override
    public Outcome run(Map<String, String> options, PrintStream progress) throws Exception {
        Plan plan = Plan.of(options);
        DhtFigures figures = measured(plan, progress);
        DhtPage page = new DhtPage(figures);
        String section = page.markdown(plan.command());
        progress.println(section);
        if (Files.isDirectory(DOCS)) {
            page.drawInto(DOCS.resolve("benchmarks"));
        }
        MarkedPage.putBenchmark(name(), section);
        return new Outcome(true, figures.json());
    }

    private static DhtFigures measured(Plan plan, PrintStream progress) {
        List<SimLookups> growth = new ArrayList<>();
        List<SimLookups> oneTrip = new ArrayList<>();
        List<SimDurability> living = new ArrayList<>();
        for (int nodes : plan.sizes()) {
            SimOptions world = SimOptions.standard(nodes, plan.seed);
            progress.println("lookups among " + nodes);
            growth.add(SimLookups.measured(world, PUTS, plan.gets));
            oneTrip.add(
                    SimLookups.measured(world.withLink(world.link().withTrips(SimOptions.Trips.ONE)), PUTS, plan.gets));
            if (nodes <= plan.awakeMax) {
                progress.println("an hour of " + nodes + ", all awake");
                living.add(SimDurability.measured(world, PUTS, 1, 1, (hour, figures) -> {}));
            }
        }
        SimOptions world = SimOptions.standard(plan.nodes, plan.seed);
        Map<String, SimAttack> attacks = attacks(plan, world, progress);
        Map<String, SimLookups> adversity = new LinkedHashMap<>();
        progress.println("servers that lie, and a flood");
        adversity.put(
                "10 % of the servers name peers that do not exist",
                SimAdversity.measured(world, SimAdversity.Kind.BABBLERS, 0.1, PUTS, plan.gets));
        adversity.put(
                "20 % of the servers keep nothing",
                SimAdversity.measured(world, SimAdversity.Kind.DROPPERS, 0.2, PUTS, plan.gets));
        SimFlood flood = SimFlood.measured(world, FLOODERS, FLOODING_PUTS);
        progress.println(plan.hours + " hours of churn");
        SimDurability durability = SimDurability.measured(
                world,
                plan.records,
                plan.hours,
                plan.awake,
                (hour, figures) -> progress.println("hour " + hour + ": " + figures.found() + " of " + figures.got()));
        return new DhtFigures(plan.nodes, plan.seed, growth, oneTrip, living, durability, attacks, adversity, flood);
    }

    private static Map<String, SimAttack> attacks(Plan plan, SimOptions world, PrintStream progress) {
        SimOptions trusting = world.withDiversity(Diversity.UNLIMITED);
        SimAttack.Plan few = new SimAttack.Plan(SYBILS, 5, 0, plan.attacks, GETS_PER_PUT);
        SimAttack.Plan silent = new SimAttack.Plan(SYBILS, 5, 0.5, plan.attacks, GETS_PER_PUT);
        SimAttack.Plan many = new SimAttack.Plan(SYBILS, 50, 0, plan.attacks, GETS_PER_PUT);
        Map<String, SimAttack> attacks = new LinkedHashMap<>();
        progress.println("sybils");
        attacks.put(DhtFigures.FEW_NETWORKS, SimAttack.measured(world, few));
        attacks.put("from 5 networks, half of them silent", SimAttack.measured(world, silent));
        attacks.put("from 50 networks", SimAttack.measured(world, many));
        attacks.put("from 5 networks, without diversity limits", SimAttack.measured(trusting, few));
        return attacks;
    }

    /** What was asked for. */
    private record Plan(
            int nodes, long seed, int gets, int records, int hours, double awake, int awakeMax, int attacks) {
        static Plan of(Map<String, String> options) {
            return new Plan(
                    Integer.parseInt(options.getOrDefault("nodes", "10000")),
                    Long.parseLong(options.getOrDefault("seed", "1")),
                    Integer.parseInt(options.getOrDefault("gets", "3000")),
                    Integer.parseInt(options.getOrDefault("records", "1000")),
                    Integer.parseInt(options.getOrDefault("hours", "24")),
                    Double.parseDouble(options.getOrDefault("awake", "0.05")),
                    Integer.parseInt(options.getOrDefault("awake-max", "10000")),
                    Integer.parseInt(options.getOrDefault("attacks", "10")));
        }

        /** 100, 1,000 and so on, up to the number of nodes. */
        List<Integer> sizes() {
            List<Integer> sizes = new ArrayList<>();
            for (int size = SMALLEST; size < nodes; size *= 10) {
                sizes.add(size);
            }
            sizes.add(nodes);
            return sizes;
        }

        String command() {
            return DhtPage.text(
                    "./sotto bench dht --nodes %d --seed %d --gets %d --records %d --hours %d --awake %s --awake-max %d --attacks %d",
                    nodes, seed, gets, records, hours, awake, awakeMax, attacks);
        }
    }
}

package sotto.bench.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import sotto.libp2p.kad.SimAttack;
import sotto.libp2p.kad.SimDurability;
import sotto.libp2p.kad.SimLookups;

/** How the figures of {@link DhtBenchmark} are told: tables for the page, and the charts beside it. Immutable. */
record DhtPage(DhtFigures figures) {
    private static final String COSTS = "dht-growth.svg";
    private static final String TIMES = "dht-time.svg";
    private static final String DURABILITY = "dht-durability.svg";

    String markdown(String command) {
        StringBuilder text = new StringBuilder();
        text.append('`')
                .append(command)
                .append("`, ")
                .append(Machine.describe())
                .append(".\n\n");
        text.append(text("At %,d nodes:\n\n| | wanted | measured | |\n| --- | --- | --- | --- |\n", figures.nodes()));
        figures.goals()
                .forEach(goal -> text.append(text(
                        "| %s | %s | %s | %s |\n",
                        goal.what(), goal.wanted(), goal.measured(), goal.isMet() ? "met" : "**missed**")));
        appendGrowth(text);
        appendAttacks(text);
        SimDurability durability = figures.durability();
        text.append(text(
                "\n%,d records, put once and republished after 22 h ± 2 h, while %,d nodes left within %d h and others"
                        + " came: found at the end %s, %.1f copies seen by a get; %.1f %% of the entries in tables are dead.\n",
                durability.records(),
                durability.left(),
                durability.hours().size(),
                percent(durability.survivingShare()),
                durability.hours().get(durability.hours().size() - 1).copies(),
                100 * durability.deadShare()));
        for (String file : List.of(COSTS, TIMES, DURABILITY)) {
            text.append(
                    text("\n![%s](benchmarks/%s)\n", file.replace(".svg", "").replace('-', ' '), file));
        }
        return text.toString();
    }

    void drawInto(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(COSTS), costs().svg());
        Files.writeString(folder.resolve(TIMES), times().svg());
        Files.writeString(folder.resolve(DURABILITY), durability().svg());
    }

    private void appendGrowth(StringBuilder text) {
        text.append(
                "\n| nodes | found | closest asked | hops | messages | get p50, s | p95 | one trip p50 | p95 | put p50 | p95 |"
                        + " server, KB/h | client |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (int i = 0; i < figures.growth().size(); i++) {
            SimLookups each = figures.growth().get(i);
            SimLookups warm = figures.oneTrip().get(i);
            text.append(text(
                    "| %,d | %s | %s | %.2f | %.0f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |%s\n",
                    each.nodes(),
                    percent(each.foundShare()),
                    percent((double) each.closest() / each.gets()),
                    each.hops(),
                    each.messages(),
                    each.getMillis().p50() / 1e3,
                    each.getMillis().p95() / 1e3,
                    warm.getMillis().p50() / 1e3,
                    warm.getMillis().p95() / 1e3,
                    each.putMillis().p50() / 1e3,
                    each.putMillis().p95() / 1e3,
                    traffic(each.nodes())));
        }
    }

    private String traffic(int nodes) {
        return figures.living().stream()
                .filter(each -> each.nodes() == nodes)
                .findFirst()
                .map(each -> text(
                        " %,.0f | %,.0f |",
                        each.traffic().perServerHour() / 1e3, each.traffic().perClientHour() / 1e3))
                .orElse(" not measured | |");
    }

    private void appendAttacks(StringBuilder text) {
        text.append("\n| against | found | copies seen | get p50, s | p95 |\n| --- | --- | --- | --- | --- |\n");
        figures.attacks().forEach((name, attack) -> text.append(row(attack, name)));
        figures.adversity()
                .forEach((name, each) -> text.append(text(
                        "| %s | %s | %.1f | %.2f | %.2f |\n",
                        name,
                        percent(each.foundShare()),
                        each.copies(),
                        each.getMillis().p50() / 1e3,
                        each.getMillis().p95() / 1e3)));
        text.append(text(
                "| a flood: %d peers send %,d puts to the 20 servers of a key, %s refused | %s | | | |\n",
                figures.flood().flooders(),
                figures.flood().sent(),
                percent((double) figures.flood().refused() / figures.flood().sent()),
                percent((double) figures.flood().found() / figures.flood().gets())));
    }

    private static String row(SimAttack attack, String name) {
        return text(
                "| %,d sybils at a key, %s | %s | %.1f | %.2f | %.2f |\n",
                attack.sybils(),
                name,
                percent(attack.foundShare()),
                attack.copies(),
                attack.getMillis().p50() / 1e3,
                attack.getMillis().p95() / 1e3);
    }

    private LineChart costs() {
        double most = figures.growth().stream()
                .mapToDouble(SimLookups::messages)
                .max()
                .orElse(1);
        return growth(
                "What a get costs",
                new LineChart.Axis("", 0, roundedUp(most)),
                List.of(
                        line("messages", figures.growth(), SimLookups::messages),
                        line("10 × hops", figures.growth(), each -> 10 * each.hops())));
    }

    private LineChart times() {
        double most = figures.growth().stream()
                .mapToDouble(each -> each.getMillis().p95())
                .max()
                .orElse(1);
        return growth(
                "How long a get takes",
                new LineChart.Axis("s", 0, Math.ceil(most / 1e3)),
                List.of(
                        line(
                                "p50, dialled",
                                figures.growth(),
                                each -> each.getMillis().p50() / 1e3),
                        line(
                                "p95, dialled",
                                figures.growth(),
                                each -> each.getMillis().p95() / 1e3),
                        line(
                                "p50, one trip",
                                figures.oneTrip(),
                                each -> each.getMillis().p50() / 1e3),
                        line(
                                "p95, one trip",
                                figures.oneTrip(),
                                each -> each.getMillis().p95() / 1e3)));
    }

    private LineChart growth(String title, LineChart.Axis vertical, List<LineChart.Line> lines) {
        double first = figures.growth().get(0).nodes();
        return new LineChart(
                title, new LineChart.Axis("nodes", first, Math.max(figures.nodes(), first + 1)), vertical, true, lines);
    }

    private LineChart durability() {
        List<SimDurability.Hour> hours = figures.durability().hours();
        List<LineChart.Point> found = IntStream.range(0, hours.size())
                .mapToObj(i -> new LineChart.Point(
                        i + 1, 100.0 * hours.get(i).found() / hours.get(i).got()))
                .toList();
        List<LineChart.Point> copies = IntStream.range(0, hours.size())
                .mapToObj(i -> new LineChart.Point(i + 1, 5 * hours.get(i).copies()))
                .toList();
        return new LineChart(
                "Records while nodes come and go",
                new LineChart.Axis("hours since they were put", 0, Math.max(6, hours.size())),
                new LineChart.Axis("%", 0, 100),
                false,
                List.of(new LineChart.Line("found", found), new LineChart.Line("copies, of 20", copies)));
    }

    private static LineChart.Line line(String name, List<SimLookups> all, ToDoubleFunction<SimLookups> value) {
        return new LineChart.Line(
                name,
                all.stream()
                        .map(each -> new LineChart.Point(each.nodes(), value.applyAsDouble(each)))
                        .toList());
    }

    private static double roundedUp(double value) {
        return 25 * Math.ceil(value / 25);
    }

    static String percent(double share) {
        return text("%.2f %%", 100 * share);
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}

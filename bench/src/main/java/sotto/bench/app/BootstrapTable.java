package sotto.bench.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of {@link BootstrapBenchmark} beside their goals. */
final class BootstrapTable {
    private static final int FIND_NODE_GOAL = 2_000;
    private static final int OVERLOAD = 3;

    private final Map<String, Double> figures;
    private final int peers;

    BootstrapTable(Map<String, Double> figures, int peers) {
        this.peers = peers;
        this.figures = Map.copyOf(figures);
    }

    /** One line: what was measured, and what it should be. */
    private record Row(String what, String found, String goal, boolean isMet) {
        String markdown() {
            return "| " + what + " | " + found + " | " + goal + " | " + (isMet ? "met" : "**missed**") + " |";
        }
    }

    boolean isGood() {
        return rows().stream().allMatch(Row::isMet);
    }

    String summary() {
        return number("connected") + " peers held, " + number("answered-max") + " FIND_NODE/s answered, "
                + number("flood-offered") + "/s offered in the flood";
    }

    /** The section of the page. */
    String markdown(String seconds) {
        List<String> lines = new ArrayList<>();
        lines.add("`./sotto bench bootstrap --peers " + peers + " --seconds " + seconds
                + "`: node and load in a process each, on loopback, sharing the machine; heap of the node 1 GiB. "
                + Machine.describe() + ".");
        lines.add("");
        lines.add("| | | goal | |");
        lines.add("| --- | --- | --- | --- |");
        rows().forEach(row -> lines.add(row.markdown()));
        lines.add("");
        lines.add("With all peers connected the node used " + number("held heap-mebibytes")
                + " MiB of its heap, garbage"
                + " included, and " + number("resident-mebibytes") + " MiB of the machine's memory. They came at "
                + number("connections-per-second") + " per second. Answers at the pace of the goal took "
                + number("paced-p50-millis") + " ms (median) and " + number("paced-p99-millis")
                + " ms (99th percentile); "
                + "those to peers that kept asking slowly during the flood " + number("polite-p50-millis") + " and "
                + number("polite-p99-millis") + " ms. In the flood " + number("flood-answered")
                + " questions per second were answered and " + number("flood-refused")
                + " refused by a reset of their stream.");
        return String.join("\n", lines);
    }

    private List<Row> rows() {
        return List.of(
                row("peers connected at once", "connected", "at least " + grouped(peers), value("connected") >= peers),
                row(
                        "FIND_NODE answered per second, at the goal's pace",
                        "paced-answered",
                        "at least " + grouped(FIND_NODE_GOAL) + " offered, 99 % answered",
                        value("paced-answered") >= 0.99 * FIND_NODE_GOAL),
                row(
                        "FIND_NODE answered per second, as fast as they come",
                        "answered-max",
                        "at least " + grouped(FIND_NODE_GOAL),
                        value("answered-max") >= FIND_NODE_GOAL),
                row(
                        "FIND_NODE offered per second in the flood",
                        "flood-offered",
                        "at least " + grouped(OVERLOAD * FIND_NODE_GOAL),
                        value("flood-offered") >= OVERLOAD * FIND_NODE_GOAL),
                row("answers that were wrong", "wrong", "0", wrong() == 0),
                row(
                        "questions of others that failed in the flood",
                        "polite-failed",
                        "0 of " + number("polite-asked"),
                        value("polite-failed") == 0),
                row(
                        "peers still connected afterwards",
                        "still-connected",
                        "all",
                        value("still-connected") >= value("connected")),
                row(
                        "seconds from SIGTERM to its end, with all connected",
                        "stop-seconds",
                        "at most 5, exit code 0",
                        value("stop-seconds") <= 5 && value("exit-code") == 0));
    }

    private Row row(String what, String figure, String goal, boolean isMet) {
        return new Row(what, figure.equals("wrong") ? grouped(wrong()) : number(figure), goal, isMet);
    }

    private double wrong() {
        return value("paced-wrong") + value("polite-wrong");
    }

    private double value(String figure) {
        return figures.getOrDefault(figure, Double.NaN);
    }

    private String number(String figure) {
        double value = value(figure);
        return value < 10 && value != Math.rint(value) ? String.format(Locale.ROOT, "%.2f", value) : grouped(value);
    }

    private static String grouped(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}

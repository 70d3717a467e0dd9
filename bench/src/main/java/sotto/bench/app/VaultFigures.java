package sotto.bench.app;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What {@link VaultBenchmark} measured, and how it is told. Confined to one thread. */
final class VaultFigures {
    static final String COLD = "cold";
    static final String WARM = "warm";

    private static final double NANOS_PER_MILLI = 1e6;

    private final int messages;
    private final int rounds;
    private final Samples fsync = new Samples();
    private final Map<String, Pair> pairs = new LinkedHashMap<>();
    private final Samples openingWhole = new Samples();
    private String sizes = "";

    VaultFigures(int messages, int rounds) {
        this.messages = messages;
        this.rounds = rounds;
    }

    int messages() {
        return messages;
    }

    int rounds() {
        return rounds;
    }

    void fsync(double perSecond) {
        fsync.add(perSecond);
    }

    void commits(int batch, double ours, double theirs) {
        Goal goal = new Goal(0.8, true);
        pair("messages/s, batch " + String.format(Locale.ROOT, "%,d", batch), "", goal)
                .add(ours, theirs);
    }

    void page(String kind, long ours, long theirs) {
        Goal goal = new Goal(kind.equals(COLD) ? 1.1 : 0.3, false);
        pair("newest 50, " + kind, " ms", goal).add(ours / NANOS_PER_MILLI, theirs / NANOS_PER_MILLI);
    }

    void opening(MessageStore.Opening ours, MessageStore.Opening theirs) {
        double withoutDerivation = (ours.nanos() - ours.derivationNanos()) / NANOS_PER_MILLI;
        pair("open, ours without Argon2id", " ms", new Goal(1.0, false))
                .add(withoutDerivation, theirs.nanos() / NANOS_PER_MILLI);
        openingWhole.add(ours.nanos() / NANOS_PER_MILLI);
    }

    void sizes(long ours, long theirs) {
        sizes = String.format(
                Locale.ROOT, "Files at the end: ours %,d KiB, SQLite's %,d KiB.", ours / 1024, theirs / 1024);
    }

    /** The section of {@code docs/benchmarks.md}. */
    String section(String machine) {
        StringBuilder section = new StringBuilder();
        section.append(machine).append('\n');
        section.append(String.format(
                Locale.ROOT,
                "`./sotto bench vault --messages %d --rounds %d`: texts of about 200 bytes in 1,000 conversations,"
                        + " %,d there before measuring. The two take turns, each timed on the thread that holds it, a commit"
                        + " until it is acknowledged there; median and, in brackets, the 10th and 90th"
                        + " percentile of the rounds (of single reads for a page).%n%n",
                messages,
                rounds,
                messages));
        section.append("| work | vault | SQLite | ratio | goal | |\n| --- | --- | --- | --- | --- | --- |\n");
        pairs.forEach((name, pair) -> section.append(pair.row(name)));
        section.append("\nA bare fsync of 4 KiB: ")
                .append(fsync.printed(" per second"))
                .append(". Opening with Argon2id: ")
                .append(openingWhole.printed(" ms"))
                .append(". ")
                .append(sizes)
                .append('\n');
        return section.toString();
    }

    /** The ratios in one line. */
    String summary() {
        StringBuilder summary = new StringBuilder("vault / SQLite:");
        pairs.forEach((name, pair) ->
                summary.append(String.format(Locale.ROOT, " %s %.2f (%s);", name, pair.ratio(), pair.goal.printed())));
        return summary.append(" bare fsync ")
                .append(fsync.printed(" per second"))
                .toString();
    }

    private Pair pair(String name, String unit, Goal goal) {
        return pairs.computeIfAbsent(name, fresh -> new Pair(unit, goal));
    }

    /** What the ratio of ours to theirs should be. */
    private record Goal(double ratio, boolean isAtLeast) {
        boolean isReached(double measured) {
            return isAtLeast ? measured >= ratio : measured <= ratio;
        }

        String printed() {
            return (isAtLeast ? "at least " : "at most ") + ratio;
        }
    }

    /** The same work by both. */
    private static final class Pair {
        private final Samples ours = new Samples();
        private final Samples theirs = new Samples();
        private final String unit;
        private final Goal goal;

        Pair(String unit, Goal goal) {
            this.unit = unit;
            this.goal = goal;
        }

        void add(double our, double their) {
            ours.add(our);
            theirs.add(their);
        }

        double ratio() {
            return ours.median() / theirs.median();
        }

        String row(String name) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.2f | %s | %s |%n",
                    name,
                    ours.printed(unit),
                    theirs.printed(unit),
                    ratio(),
                    goal.printed(),
                    goal.isReached(ratio()) ? "reached" : "**missed**");
        }
    }
}

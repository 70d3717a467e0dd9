package sotto.bench.app;

import java.util.ArrayList;
import java.util.List;

/** The figures of {@link Libp2pBenchmark} beside their goals. */
final class Libp2pTable {
    private final Figures ours;
    private final Figures theirs;
    private final List<Row> rows = new ArrayList<>();

    Libp2pTable(Figures ours, Figures theirs) {
        this.ours = ours;
        this.theirs = theirs;
        beside("connections per second, one at a time", "connections-1", Goal.atLeast(6));
        beside("connections per second, 8 at a time", "connections-8", Goal.atLeast(10));
        beside("round trip of 64 B, µs", "round-trip-64", Goal.atMost(0.5));
        beside("round trip of 1 KiB, µs", "round-trip-1024", Goal.atMost(0.35));
        beside("round trip of 64 B on a new stream, µs", "round-trip-new-stream", Goal.atMost(0.15));
        beside("one way, 1 stream, MB/s", "one-way-1", Goal.atLeast(5));
        beside("one way, 8 streams, MB/s", "one-way-8", Goal.atLeast(5));
        beside("resident memory of the serving end, MiB", "memory", Goal.atMost(1.3));
        within("one way, 8 streams, beside the bare cipher", "one-way-8", "cipher", Goal.atLeast(0.25));
        within("one way, 1 stream, beside 8", "one-way-1", "one-way-8", Goal.atLeast(0.75));
    }

    /** All goals are met. */
    boolean isGood() {
        return rows.stream().allMatch(Row::isGood);
    }

    String markdown(int rounds) {
        StringBuilder text = new StringBuilder();
        text.append("`./sotto bench libp2p`: medians of ")
                .append(rounds)
                .append(" rounds, each host in a process of its own, ");
        text.append("on loopback; cipher by ")
                .append(sotto.libp2p.crypto.CryptoChoice.fastest().cipherName());
        text.append(", ").append(Machine.describe()).append(".\n\n");
        text.append("| | ours | spread | beside | ratio | goal | |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        rows.forEach(row -> text.append(row.markdown()));
        return text.toString();
    }

    private void beside(String what, String name, Goal goal) {
        rows.add(new Row(what, ours.median(name), ours.spread(name), theirs.median(name), goal));
    }

    private void within(String what, String name, String besideName, Goal goal) {
        rows.add(new Row(what, ours.median(name), ours.spread(name), ours.median(besideName), goal));
    }

    /** What a ratio should be. */
    private record Goal(boolean isUpper, double bound) {
        static Goal atLeast(double bound) {
            return new Goal(false, bound);
        }

        static Goal atMost(double bound) {
            return new Goal(true, bound);
        }

        boolean isMetBy(double ratio) {
            return isUpper ? ratio <= bound : ratio >= bound;
        }

        @Override
        public String toString() {
            return (isUpper ? "≤ " : "≥ ") + Figures.rounded(bound) + " ×";
        }
    }

    private record Row(String what, double ours, String spread, double beside, Goal goal) {
        double ratio() {
            return ours / beside;
        }

        boolean isGood() {
            return goal.isMetBy(ratio());
        }

        String markdown() {
            List<String> cells = List.of(
                    what,
                    Figures.rounded(ours),
                    spread,
                    Figures.rounded(beside),
                    Figures.rounded(ratio()) + " ×",
                    goal.toString(),
                    isGood() ? "met" : "**missed**");
            return "| " + String.join(" | ", cells) + " |\n";
        }
    }
}

package sotto.bench.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Figures by name, each measured a few times. Not thread-safe. */
final class Figures {
    private final Map<String, List<Double>> values = new HashMap<>();

    void add(String name, double value) {
        values.computeIfAbsent(name, missing -> new ArrayList<>()).add(value);
    }

    double median(String name) {
        List<Double> sorted =
                values.getOrDefault(name, List.of()).stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalStateException("nobody measured " + name);
        }
        return sorted.get(sorted.size() / 2);
    }

    /** From the smallest to the largest, in the unit of the figure. */
    String spread(String name) {
        List<Double> sorted =
                values.getOrDefault(name, List.of()).stream().sorted().toList();
        return rounded(sorted.get(0)) + " – " + rounded(sorted.get(sorted.size() - 1));
    }

    static String rounded(double value) {
        return value >= 10 ? Long.toString(Math.round(value)) : Double.toString(Math.round(value * 100) / 100.0);
    }
}

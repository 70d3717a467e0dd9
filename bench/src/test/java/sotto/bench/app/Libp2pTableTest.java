package sotto.bench.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that a figure that missed its goal is told as missed, and that medians are medians. */
class Libp2pTableTest {
    private static final List<String> LARGER_IS_BETTER =
            List.of("connections-1", "connections-8", "one-way-1", "one-way-8");
    private static final List<String> SMALLER_IS_BETTER =
            List.of("round-trip-64", "round-trip-1024", "round-trip-new-stream", "memory");

    private final Figures ours = figures(100, 1);
    private final Figures theirs = figures(1, 100);

    @Test
    void isGoodWhereEveryGoalIsMet() {
        ours.add("cipher", 200);
        Libp2pTable table = new Libp2pTable(ours, theirs);
        assertTrue(table.isGood());
        assertFalse(table.markdown(1).contains("missed"));
    }

    @Test
    void tellsWhatWasMissed() {
        ours.add("cipher", 1000);
        Libp2pTable table = new Libp2pTable(ours, theirs);
        assertFalse(table.isGood());
        assertEquals(
                List.of(
                        "| one way, 8 streams, beside the bare cipher | 100 | 100 – 100 | 1000 | 0.1 × | ≥ 0.25 × | **missed** |"),
                table.markdown(1)
                        .lines()
                        .filter(line -> line.contains("missed"))
                        .toList());
    }

    @Test
    void takesTheMiddleOfWhatWasMeasured() {
        Figures figures = new Figures();
        List.of(5.0, 1.0, 100.0).forEach(value -> figures.add("x", value));
        assertEquals(5.0, figures.median("x"));
        assertEquals("1.0 – 100", figures.spread("x"));
    }

    private static Figures figures(double large, double small) {
        Figures figures = new Figures();
        LARGER_IS_BETTER.forEach(name -> figures.add(name, large));
        SMALLER_IS_BETTER.forEach(name -> figures.add(name, small));
        return figures;
    }
}

package sotto.bench.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Proves that a program replaces its own section of a page and nothing else. */
class MarkedPageTest {
    private static final String PAGE = """
            # Figures
            <!-- begin: bench a -->
            old
            <!-- end: bench a -->
            By hand.
            <!-- begin: bench b -->
            <!-- end: bench b -->
            """;

    @Test
    void replacesWhatStandsBetweenTheMarks() {
        assertEquals(PAGE.replace("old\n", "new\nfigures\n"), with("bench a", "new\nfigures\n\n"));
        assertEquals(PAGE.replace("old\n", ""), with("bench a", ""));
    }

    @Test
    void fillsAnEmptySectionAndGivesTheSameASecondTime() {
        String once = with("bench b", "12 /s");
        assertEquals(PAGE.replace("<!-- end: bench b", "12 /s\n<!-- end: bench b"), once);
        assertEquals(once, new MarkedPage(once).with("bench b", "12 /s").text());
    }

    @Test
    void refusesAPageWithoutTheMarks() {
        assertThrows(IllegalArgumentException.class, () -> with("bench c", "12 /s"));
    }

    private static String with(String name, String content) {
        return new MarkedPage(PAGE).with(name, content).text();
    }
}

package sotto.tui.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import sotto.libp2p.runtime.Seeds;
import sotto.node.api.HostileText;
import sotto.node.api.SafeText;

/** Proves that writing and deleting go by the characters people see, and that the line is harmless whatever is put in. */
final class LineTest {
    private static final String FAMILY = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";

    @Test
    void aFamilyIsOneStepAndOneDeletion() {
        Line line = Line.of("a" + FAMILY + "e\u0301b");
        assertEquals("a".length() + FAMILY.length(), line.left().left().cursor());
        assertEquals("ab", line.left().backspace().backspace().text());
        assertEquals("ae\u0301b", line.home().right().delete().text());
    }

    @Test
    void textGoesInAtTheCursor() {
        assertEquals(
                new Line("one two three", 7),
                Line.of("one three").home().wordRight().insert(" two"));
    }

    @Test
    void wordsAreSkippedAndDeletedWhole() {
        Line line = Line.of("one  two three");
        assertEquals(9, line.wordLeft().cursor());
        assertEquals("one  two ", line.deleteWordLeft().text());
        assertEquals("", line.deleteToHome().text());
        assertEquals("one", line.home().wordRight().deleteToEnd().text());
    }

    @Test
    void homeAndEndStayInTheirLineOfTheText() {
        Line line = Line.of("first\nsecond\nthird").home().left();
        assertEquals(12, line.cursor());
        assertEquals(6, line.home().cursor());
        assertEquals(12, line.home().end().cursor());
    }

    @Test
    void nothingHappensAtTheEnds() {
        assertEquals(
                Line.EMPTY,
                Line.EMPTY.left().right().backspace().delete().wordLeft().wordRight());
    }

    @Test
    void staysHarmlessWhateverIsDone() {
        Seeds.forEach(400, random -> {
            Line line = Line.EMPTY;
            for (int i = 0; i < 40; i++) {
                line = switch (random.nextInt(9)) {
                    case 0 -> line.left();
                    case 1 -> line.right();
                    case 2 -> line.backspace();
                    case 3 -> line.delete();
                    case 4 -> line.wordLeft();
                    case 5 -> line.deleteWordLeft();
                    case 6 -> line.home();
                    default -> line.insert(HostileText.next(random));
                };
                assertEquals(new SafeText(line.text()).value(), line.text());
                assertTrue(line.cursor() >= 0 && line.cursor() <= line.text().length());
                assertTrue(line.cursor() == 0 || Clusters.boundary(line.text(), line.cursor()) == line.cursor());
            }
        });
    }
}

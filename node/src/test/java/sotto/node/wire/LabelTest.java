package sotto.node.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;

/** Proves that no output of one purpose can stand for that of another (pitfall 30). */
class LabelTest {
    private static final Pattern FORM = Pattern.compile("sotto/[a-z]+/[0-9]+(/[a-z-]+)?");

    @Test
    void noLabelIsTheBeginningOfAnother() {
        for (Label one : Label.values()) {
            for (Label other : Label.values()) {
                boolean isBeginning = one != other && other.text().startsWith(one.text());
                assertFalse(isBeginning, one + " begins " + other);
            }
        }
    }

    @Test
    void everyLabelNamesProtocolVersionAndPurpose() {
        for (Label label : Label.values()) {
            assertTrue(FORM.matcher(label.text()).matches(), label.text());
        }
    }

    @Test
    void everyLabelIsOnTheProtocolPage() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "protocol", "labels.md"));
        for (Label label : Label.values()) {
            assertTrue(page.contains("`" + label.text() + "`"), label.text());
        }
    }

    @Test
    void movingABoundaryBetweenFieldsChangesTheBytes() {
        Bytes ab = Bytes.utf8("ab");
        Bytes c = Bytes.utf8("c");
        Bytes one = Label.ACCOUNT_ID.over(ab, c);
        assertNotEquals(one, Label.ACCOUNT_ID.over(Bytes.utf8("a"), Bytes.utf8("bc")));
        assertNotEquals(one, Label.ACCOUNT_ID.over(Bytes.utf8("abc")));
        assertNotEquals(one, Label.ACCOUNT_ID.over(ab, c, Bytes.EMPTY));
    }

    @Test
    void writesLabelZeroAndLengthPrefixedFields() {
        String expected = Bytes.utf8("sotto/account/1").hex() + "00" + "00000002" + "6162" + "00000000";
        assertEquals(
                expected, Label.ACCOUNT_ID.over(Bytes.utf8("ab"), Bytes.EMPTY).hex());
    }
}

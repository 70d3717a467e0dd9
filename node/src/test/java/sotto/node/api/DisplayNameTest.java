package sotto.node.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that a name is always one short visible line. */
final class DisplayNameTest {
    @ParameterizedTest
    @CsvSource({
        "'  Alice\tB.  ','Alice B.'",
        "'Al\nice','Al ice'",
        "'',nobody",
        "' \u2800\u3164 ',nobody",
        "'\u0301 \u0301x',x"
    })
    void isTidiedFromWhateverComes(String raw, String name) {
        assertEquals(name, DisplayName.of(raw).toString());
    }

    @Test
    void isCutBetweenCharactersToSixtyFourBytes() {
        assertEquals("\u6f22".repeat(21), DisplayName.of("\u6f22".repeat(40)).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", " a", "a ", "a  b"})
    void refusesWhatIsNotTidy(String untidy) {
        assertThrows(IllegalArgumentException.class, () -> new DisplayName(new SafeText(untidy)));
    }

    @Test
    void canBeMadeFromAnything() {
        long seed = Long.getLong("seed", 20261124);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            String name = DisplayName.of(HostileText.next(random)).toString();
            String context = "seed " + seed + ", name " + i;
            assertEquals(name, DisplayName.of(name).toString(), context);
            assertEquals(-1, name.indexOf('\n'), context);
            assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= DisplayName.SIZE_BYTES_MAX, context);
        }
    }
}

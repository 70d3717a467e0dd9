package sotto.tui.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sotto.libp2p.runtime.Seeds;
import sotto.node.api.HostileText;
import sotto.node.api.SafeText;

/** Proves that texts are parted into the characters people see, each bounded. */
final class ClustersTest {
    private static List<String> parted(String text) {
        List<String> parts = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = Clusters.end(text, start);
            parts.add(text.substring(start, end));
            start = end;
        }
        return parts;
    }

    @Test
    void partsOrdinaryTextAsPeopleDo() {
        assertEquals(
                List.of(
                        "a",
                        "e\u0301",
                        "\ud83c\udde9\ud83c\uddea",
                        "\ud83c\uddeb\ud83c\uddf7",
                        "\ud83d\udc4b\ud83c\udffd",
                        "\u2764\ufe0f",
                        "\n",
                        "\u1112\u1161\u11ab",
                        "!"),
                parted(
                        "ae\u0301\ud83c\udde9\ud83c\uddea\ud83c\uddeb\ud83c\uddf7\ud83d\udc4b\ud83c\udffd\u2764\ufe0f\n\u1112\u1161\u11ab!"));
    }

    @Test
    void noCharacterIsEndless() {
        String endless = "\u0e01" + "\u0e33".repeat(1_000);
        assertTrue(parted(endless).stream().allMatch(part -> part.length() <= Clusters.LENGTH_MAX));
        assertEquals(endless, String.join("", parted(endless)));
    }

    @Test
    void startsAndEndsAgree() {
        Seeds.forEach(1_000, random -> {
            String text = new SafeText(HostileText.next(random)).value();
            int start = 0;
            for (String part : parted(text)) {
                int end = start + part.length();
                assertEquals(end, Clusters.boundary(text, end));
                if (part.length() < Clusters.LENGTH_MAX) {
                    start = end;
                    continue;
                }
                // Where a character was cut for its length, walking back may find another cut, never one outside.
                assertTrue(Clusters.start(text, end) >= 0);
                start = end;
            }
        });
    }
}

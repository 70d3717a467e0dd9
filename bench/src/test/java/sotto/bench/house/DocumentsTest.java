package sotto.bench.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Proves that the documents hold together: links lead somewhere, and the map of rooms is told as it is. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("#+ .+");

    @Test
    void everyLinkLeadsSomewhere() {
        List<Path> pages = Checkout.files(".md");
        assertFalse(pages.isEmpty(), "found no documents, so this test would prove nothing");
        List<String> dead = new ArrayList<>();
        pages.forEach(page -> dead.addAll(deadLinks(page)));
        assertEquals(List.of(), dead);
    }

    @Test
    void architectureNamesEveryRoom() {
        String architecture = String.join("\n", Checkout.lines(Checkout.ROOT.resolve("docs/architecture.md")));
        List<String> untold = Checkout.rooms().rooms().stream()
                .map(RoomMap.Room::name)
                .filter(name -> !name.equals(RoomMap.ROOT))
                .filter(name -> !Pattern.compile("[`.]" + name + "`")
                        .matcher(architecture)
                        .find())
                .toList();
        assertEquals(List.of(), untold);
    }

    @Test
    void complainsAboutADeadLink() {
        Path page = Checkout.ROOT.resolve("README.md");
        assertEquals(
                List.of("README.md: docs/nowhere.md", "README.md: LICENSE#nothing"),
                deadLinks(page, "[a](docs/nowhere.md) [b](LICENSE) [c](https://example.org) [d](LICENSE#nothing)"));
    }

    private static List<String> deadLinks(Path page) {
        return deadLinks(page, String.join("\n", Checkout.lines(page)));
    }

    private static List<String> deadLinks(Path page, String text) {
        Matcher links = LINK.matcher(text);
        return links.results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .filter(link -> !leads(page, link))
                .map(link -> Checkout.ROOT.relativize(page) + ": " + link)
                .toList();
    }

    private static boolean leads(Path page, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
    }

    private static Set<String> anchors(Path page) {
        return Checkout.lines(page).stream()
                .filter(line -> HEADING.matcher(line).matches())
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}

package sotto.bench.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that the sources keep the manners no formatter or linter knows: size, names, leftovers, packages that say what they are. */
class TidyTest {
    @Test
    void sourcesAreTidy() {
        List<Path> sources = Checkout.files(".java");
        assertFalse(sources.isEmpty(), "found no sources, so this test would prove nothing");
        assertTidy(Manners.complaints(sources));
    }

    @Test
    void complainsAboutALongMethod(@TempDir Path folder) throws IOException {
        String body = "        call();\n".repeat(Manners.METHOD_LINES_MAX);
        assertEquals(
                List.of("Long.java:2: speak has 62 lines, at most 60"),
                complaints(folder, "Long", "class Long {\n    void speak() {\n" + body + "    }\n}\n"));
        String shorter = body.substring("        call();\n".length() * 2);
        assertTidy(complaints(folder, "Long", "class Long {\n    void speak() {\n" + shorter + "    }\n}\n"));
    }

    @Test
    void complainsAboutALongFile(@TempDir Path folder) throws IOException {
        assertEquals(
                List.of("Long.java: 501 lines, at most 500"),
                complaints(folder, "Long", "class Long {\n" + "\n".repeat(499) + "}\n"));
    }

    @Test
    void complainsAboutLeftovers(@TempDir Path folder) throws IOException {
        String planted = "class Left {\n    // TO" + "DO later\n    void speak() {\n        Sys"
                + "tem.out.println();\n    }\n}\n";
        assertEquals(
                List.of("Left.java:2: leftover TO" + "DO", "Left.java:4: leftover Sys" + "tem.out.print"),
                complaints(folder, "Left", planted));
    }

    @Test
    void complainsAboutATestThatSleeps(@TempDir Path folder) throws IOException {
        Path tests = Files.createDirectories(folder.resolve("src/test/java"));
        Path file = Files.writeString(tests.resolve("Nap.java"), "class Nap {\n    // Thread" + ".sleep(1)\n}\n");
        assertEquals(1, Manners.complaints(List.of(file)).size());
    }

    @Test
    void complainsAboutNamesThatSayNothing(@TempDir Path folder) throws IOException {
        assertEquals(
                List.of("StreamManager.java:1: StreamManager is named for nothing: say what it does"),
                complaints(folder, "StreamManager", "class StreamManager {}\n"));
        assertTidy(complaints(folder, "Database", "interface Database {}\n"));
    }

    @Test
    void complainsAboutLocksOutsideTheRuntime(@TempDir Path folder) throws IOException {
        String block = "class Two {\n    void meet() {\n        synchronized (this) {\n        }\n    }\n}\n";
        String method = "class Two {\n    synchronized void meet() {}\n}\n";
        assertEquals(List.of("Two.java:3: synchronized outside libp2p.runtime"), complaints(folder, "Two", block));
        assertEquals(List.of("Two.java:2: synchronized outside libp2p.runtime"), complaints(folder, "Two", method));
    }

    @Test
    void complainsAboutAPackageThatDoesNotSayWhatItIs(@TempDir Path folder) throws IOException {
        Path bare = Files.createDirectories(folder.resolve("src/main/java/bare"));
        Path source = Files.writeString(bare.resolve("Thing.java"), "package bare;\n\nclass Thing {}\n");
        assertEquals(List.of("bare has no package-info.java"), relative(folder, Manners.complaints(List.of(source))));
        Path told =
                Files.writeString(bare.resolve("package-info.java"), "/** Things. */\n@NullMarked\npackage bare;\n");
        assertEquals(
                List.of("package-info.java does not say what lives in the package and what may not"),
                relative(folder, Manners.complaints(List.of(source, told))));
    }

    private static List<String> complaints(Path folder, String type, String source) throws IOException {
        Path file = Files.writeString(folder.resolve(type + ".java"), source);
        return relative(folder, Manners.complaints(List.of(file)));
    }

    private static List<String> relative(Path folder, List<String> complaints) {
        return complaints.stream()
                .map(said -> said.replaceFirst(".*" + folder.getFileName() + "/", "")
                        .replaceFirst("^src/main/java/(bare/)?", ""))
                .toList();
    }

    private static void assertTidy(List<String> complaints) {
        assertTrue(complaints.isEmpty(), () -> "untidy:\n" + String.join("\n", complaints));
    }
}

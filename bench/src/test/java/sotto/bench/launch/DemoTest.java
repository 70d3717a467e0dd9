package sotto.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that the demo tells in its last line what scripts rely on, and that it fails where a text lies readable in a home. */
class DemoTest {
    private static final String NUMBER = "\\d+(\\.\\d+)?";
    private static final String RESULT = "\\{\"ok\":true,\"delivered\":\\{\"aliceToBob\":50,\"bobToAlice\":50},"
            + "\"latencyMs\":\\{\"p50\":" + NUMBER + ",\"p99\":" + NUMBER + "},"
            + "\"path\":\"direct\",\"plaintextFound\":false}";

    /** The demo says it to those who watch, too. */
    private static final String TEXT_OF_THE_DEMO = "Hello Bob, can you read this?";

    @TempDir
    Path folder;

    private Path temporary = Path.of("");

    @BeforeEach
    void makeAFolderForItsHomes() throws IOException {
        temporary = Files.createDirectory(folder.resolve("temporary"));
    }

    @Test
    void tellsItsResultInItsLastLine() throws Exception {
        Shown shown = show(() -> {});
        assertEquals(0, shown.exitCode());
        assertTrue(shown.lastLine().matches(RESULT), shown.lastLine());
    }

    @Test
    void failsWhereATextCanBeRead() throws Exception {
        Shown shown = show(() -> Files.writeString(alicesHome().resolve("leak"), "so: " + TEXT_OF_THE_DEMO));
        assertNotEquals(0, shown.exitCode());
        assertTrue(shown.lastLine().contains("\"plaintextFound\":true"), shown.lastLine());
        assertTrue(shown.lastLine().contains("\"ok\":false"), shown.lastLine());
    }

    private record Shown(int exitCode, String lastLine) {}

    /** Something done while the demo runs, when its homes are there and nothing was written yet. */
    private interface Meddling {
        void meddle() throws IOException;
    }

    private Shown show(Meddling meddling) throws Exception {
        TrialCheckout checkout = TrialCheckout.built(folder.resolve("checkout"));
        Path stdout = folder.resolve("stdout");
        ProcessBuilder demo = checkout.sotto("demo", "--json").redirectOutput(stdout.toFile());
        demo.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        Process process = demo.start();
        try (BufferedReader story = process.errorReader(StandardCharsets.UTF_8)) {
            boolean isBegun = false;
            for (String line = story.readLine(); line != null; line = story.readLine()) {
                if (!isBegun && line.startsWith("Alice's node is process ")) {
                    isBegun = true;
                    meddling.meddle();
                }
            }
            assertTrue(isBegun, "the demo tells nothing of its nodes");
        } finally {
            process.destroy();
        }
        List<String> lines = Files.readAllLines(stdout);
        return new Shown(process.waitFor(), lines.get(lines.size() - 1));
    }

    private Path alicesHome() throws IOException {
        try (Stream<Path> made = Files.list(temporary)) {
            return made.map(each -> each.resolve("alice").resolve("home"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow();
        }
    }
}

package sotto.node.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves what the command line answers, by the scripts in {@code src/test/resources/scripts}. */
class ScriptsTest {
    @TempDir
    Path folder;

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/scripts"))) {
            List<Path> scripts = files.sorted().toList();
            assertFalse(scripts.isEmpty(), "without scripts this test would prove nothing");
            return scripts;
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void answersAsItsScriptSays(Path script) throws Exception {
        Script play = new Script(folder);
        try {
            play.play(Files.readAllLines(script));
        } finally {
            play.end();
        }
    }
}

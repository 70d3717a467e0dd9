package sotto.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that a command which talks to a running node loads nothing of what only a node needs. */
class ClientClassesTest {
    private static final List<String> OF_A_NODE =
            List.of("org.bouncycastle.", "io.netty.", "org.mapdb.", "org.conscrypt.");

    @TempDir
    static Path folder;

    private static TrialCheckout checkout;
    private static Process daemon;

    @BeforeAll
    static void startANode() throws Exception {
        checkout = TrialCheckout.built(folder.resolve("checkout"));
        assertEquals(
                0,
                checkout.run(checkout.sotto(checkout.onHome("init", "--name", "Alice")))
                        .exitCode());
        daemon = checkout.daemon();
    }

    @AfterAll
    static void endIt() {
        daemon.destroyForcibly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "contact list --json", "invite --no-hints", "events"})
    void loadsNoClassOfANode(String command) throws Exception {
        Path log = folder.resolve("classes-" + command.replace(' ', '-'));
        ProcessBuilder java = checkout.command(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "-Xlog:class+load:file=" + log + "::filecount=0",
                "-cp",
                checkout.dist() + "/*",
                "sotto.node.cli.Main");
        java.command().addAll(List.of(checkout.onHome(command.split(" ", -1))));
        assertEquals(0, checkout.run(java).exitCode());
        assertTrue(loaded(log).anyMatch(line -> line.contains("sotto.node.rpc.RemoteMessenger ")), "no client ran");
        assertEquals(
                List.of(),
                loaded(log)
                        .filter(line -> OF_A_NODE.stream().anyMatch(line::contains))
                        .toList());
    }

    private static Stream<String> loaded(Path log) throws IOException {
        return Files.readAllLines(log).stream().filter(line -> line.contains("source:"));
    }
}

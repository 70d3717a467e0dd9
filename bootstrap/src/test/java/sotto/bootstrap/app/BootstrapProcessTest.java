package sotto.bootstrap.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves, in processes of their own, that the command starts, announces itself, ends in order and keeps what it must keep. */
class BootstrapProcessTest {
    private static final String LISTEN = "--listen=/ip4/127.0.0.1/tcp/0";

    @TempDir
    private Path folder;

    @Test
    void announcesItselfAndEndsInOrder() throws Exception {
        try (RunningBootstrap node = start("--home=" + home(), LISTEN, "--metrics-port=0")) {
            List<String> lines = node.untilReady();
            assertEquals(2, lines.size());
            assertTrue(lines.get(0).matches("/ip4/127\\.0\\.0\\.1/tcp/\\d+/p2p/\\w+"), lines.get(0));
            assertEquals("ready", lines.get(1));
            assertEquals(200, Page.get(node.metricsPort(), "/readyz").status());
            assertEquals(0, node.terminate());
        }
    }

    @Test
    void announcesItselfAsJson() throws Exception {
        try (RunningBootstrap node = start("--home=" + home(), LISTEN, "--json")) {
            List<String> lines = node.untilReady();
            assertEquals(1, lines.size());
            assertTrue(
                    lines.get(0).matches("\\{\"event\":\"ready\",\"listen\":\\[\"/ip4/127.0.0.1/tcp/\\d+/p2p/\\w+\"]}"),
                    lines.get(0));
        }
    }

    @Test
    void keepsItsKeyWhenKilled() throws Exception {
        String before;
        try (RunningBootstrap node = start("--home=" + home(), LISTEN)) {
            before = id(node.untilReady());
            node.kill();
        }
        try (RunningBootstrap node = start("--home=" + home(), LISTEN)) {
            assertEquals(before, id(node.untilReady()));
        }
    }

    @Test
    void endsWithWhatItsManualSays() throws Exception {
        try (RunningBootstrap node = start("--home=" + home(), LISTEN)) {
            node.untilReady();
            try (RunningBootstrap second = start("--home=" + home(), LISTEN)) {
                assertEquals(6, second.exitCode());
            }
        }
        Path key = home().resolve("host.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertEnds(5, "chmod 600", "--home=" + home(), LISTEN);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.write(key, new byte[] {1, 2, 3});
        assertEnds(6, "has not the size of a key", "--home=" + home(), LISTEN);
        assertEnds(2, "--listen: listen 'nowhere'", "--listen=nowhere");
        assertEnds(2, "--lan", "--lan");
        assertEnds(2, "--set connections=3", "--set", "connections=3");
    }

    @Test
    void onlyChecksIfToldTo() throws Exception {
        Path file = Files.writeString(folder.resolve("bootstrap.toml"), "limits.handshakes-max = 0\n");
        assertEnds(2, file + ":1:1: limits.handshakes-max", "--check", "--config=" + file);
        Files.writeString(file, "limits.handshakes-max = 1\n");
        assertEnds(0, "", "--check", "--config=" + file, "--home=" + home());
        assertFalse(Files.exists(home()));
    }

    private void assertEnds(int exitCode, String error, String... arguments) throws Exception {
        try (RunningBootstrap node = start(arguments)) {
            assertEquals(exitCode, node.exitCode(), node::toString);
            assertTrue(node.errors().contains(error), node.errors());
        }
    }

    private RunningBootstrap start(String... arguments) throws Exception {
        return RunningBootstrap.start(Files.createTempFile(folder, "stderr", ""), arguments);
    }

    private Path home() {
        return folder.resolve("home");
    }

    private static String id(List<String> lines) {
        return lines.get(0).replaceFirst(".*/p2p/", "");
    }
}

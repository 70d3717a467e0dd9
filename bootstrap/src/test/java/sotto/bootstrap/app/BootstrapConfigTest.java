package sotto.bootstrap.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.peer.Multiaddr;

/** Proves that settings come from where they should, and that every mistake in them is told with its place. */
class BootstrapConfigTest {
    private static final String PEER =
            "/ip4/192.0.2.1/tcp/4001/p2p/12D3KooWK8L1u6dgCHgUfRpBmHWkUmgoUtc6LF5W9r7LN6oQebNy";

    @TempDir
    private Path folder;

    @Test
    void hasADefaultForEverything() throws Exception {
        BootstrapConfig config = of(Optional.empty(), Map.of(), Map.of());
        assertEquals(List.of(), config.listen());
        assertEquals(List.of(), config.bootstrap());
        assertEquals(OptionalInt.empty(), config.metricsPort());
        assertEquals(new BootstrapConfig.Log(BootstrapConfig.Level.INFO, false), config.log());
        assertEquals(new BootstrapConfig.Limits(6000, 64, 256, 240, 100, 400), config.limits());
        assertEquals(new BootstrapConfig.Records(32_768, 4_096, 256), config.records());
    }

    @Test
    void readsAWholeFile() throws Exception {
        BootstrapConfig config = ofFile("""
                # A comment.
                listen = [
                    "/ip4/0.0.0.0/tcp/4001", # another
                    "/ip6/::/tcp/4001",
                ]
                bootstrap = ["%s"]

                [metrics]
                port = 9464

                [log]
                level = "debug"
                peers = true

                [limits]
                connections-max = 10
                connections-per-network-max = 11
                handshakes-max = 12
                arrivals-per-network-per-minute = 13
                requests-per-peer-per-second = 14
                requests-per-network-per-second = 15

                [records]
                count-max = 16
                per-peer-max = 17
                mebibytes-max = 18
                """.formatted(PEER));
        assertEquals(
                List.of(Multiaddr.parse("/ip4/0.0.0.0/tcp/4001"), Multiaddr.parse("/ip6/::/tcp/4001")),
                config.listen());
        assertEquals(List.of(Multiaddr.parse(PEER)), config.bootstrap());
        assertEquals(OptionalInt.of(9464), config.metricsPort());
        assertEquals(new BootstrapConfig.Log(BootstrapConfig.Level.DEBUG, true), config.log());
        assertEquals(new BootstrapConfig.Limits(10, 11, 12, 13, 14, 15), config.limits());
        assertEquals(new BootstrapConfig.Records(16, 17, 18), config.records());
    }

    @Test
    void prefersFlagsToTheEnvironmentAndThatToTheFile() throws Exception {
        Path file = file("limits.connections-max = 1\nlimits.handshakes-max = 1\nrecords.count-max = 1\n");
        BootstrapConfig config = of(
                Optional.of(file),
                Map.of("SOTTO_BOOTSTRAP_LIMITS_CONNECTIONS_MAX", "2", "SOTTO_BOOTSTRAP_LIMITS_HANDSHAKES_MAX", "2"),
                Map.of(Setting.CONNECTIONS, new Given(List.of("3"), "--set")));
        assertEquals(3, config.limits().connectionsMax());
        assertEquals(2, config.limits().handshakesMax());
        assertEquals(1, config.records().countMax());
    }

    @Test
    void readsAddressesAndOffFromTheEnvironment() throws Exception {
        BootstrapConfig config = of(
                Optional.of(file("metrics.port = 9464\n")),
                Map.of(
                        "SOTTO_BOOTSTRAP_LISTEN", "/ip4/127.0.0.1/tcp/1, /ip4/127.0.0.1/tcp/2",
                        "SOTTO_BOOTSTRAP_METRICS_PORT", "off",
                        "PATH", "/bin"),
                Map.of());
        assertEquals(2, config.listen().size());
        assertEquals(OptionalInt.empty(), config.metricsPort());
    }

    @Test
    void tellsEveryMistakeOfAFileWithItsPlace() throws IOException {
        assertProblems(
                """
                listen = ["/ip4/0.0.0.0/tcp/4001", "nonsense"]
                bootstrap = ["/ip4/192.0.2.1/tcp/4001"]
                [limits]
                connections-max = 0
                conections-max = 3
                handshakes-max = 99999999999
                arrivals-per-network-per-minute = "off"
                [metrics]
                port = "x"
                [log]
                level = "loud"
                peers = "yes"
                [records]
                count-max = 1.5
                [other]
                """,
                ":1:1: listen 'nonsense'",
                ":2:1: bootstrap '/ip4/192.0.2.1/tcp/4001': expected an address that ends with /p2p/",
                ":4:1: limits.connections-max '0' is no whole number from 1 to 1000000",
                ":5:1: there is no setting 'limits.conections-max'",
                ":6:1: limits.handshakes-max '99999999999' is no whole number",
                ":7:1: limits.arrivals-per-network-per-minute cannot be off",
                ":9:1: metrics.port is to be a whole number",
                ":11:1: log.level 'loud' is none of",
                ":12:1: log.peers is to be true or false",
                ":14:1: records.count-max is to be a whole number",
                ":15:1: there is no setting 'other'");
    }

    @Test
    void tellsOfValuesOfAnotherKind() throws IOException {
        assertProblems("listen = 7\n", ":1:1: listen is to be a list");
        assertProblems("listen = [7]\n", ":1:1: listen is to be a list");
        assertProblems("limits = 7\n", ":1:1: there is no setting 'limits'");
        assertProblems("[[limits]]\nconnections-max = 1\n", "there is no setting 'limits'");
        assertProblems("log.level = 7\n", ":1:1: log.level is to be a level in quotes");
        assertProblems("listen = [\"/ip4/192.0.2.1/udp/1/quic-v1\"]\n", ":1:1: listen '/ip4/192.0.2.1/udp/1/quic-v1'");
    }

    @Test
    void tellsWhereAFileIsNoToml() throws IOException {
        assertProblems("# fine\n\nlisten = [\n", ":4:1: ");
        assertProblems("limits.connections-max = 1\nlimits.connections-max = 2\n", ":2:1: ");
    }

    @Test
    void tellsOfAMistakeThatIsOverridden() throws IOException {
        ConfigurationException wrong = assertThrows(
                ConfigurationException.class,
                () -> of(
                        Optional.of(file("limits.connections-max = 0\n")),
                        Map.of("SOTTO_BOOTSTRAP_LIMITS_CONNECTIONS_MAX", "1"),
                        Map.of()));
        assertEquals(1, wrong.problems().size());
    }

    @Test
    void tellsOfUnknownVariablesAndBadFlags() {
        ConfigurationException wrong = assertThrows(
                ConfigurationException.class,
                () -> of(
                        Optional.empty(),
                        Map.of("SOTTO_BOOTSTRAP_LISTENN", "x"),
                        Map.of(Setting.LOG_LEVEL, new Given(List.of("loud"), "--log-level"))));
        assertEquals(
                List.of(
                        "SOTTO_BOOTSTRAP_LISTENN: there is no such setting",
                        "--log-level: log.level 'loud' is none of error, warning, info, debug"),
                wrong.problems());
    }

    @Test
    void tellsOfAFileThatIsNotThere() {
        ConfigurationException wrong = assertThrows(
                ConfigurationException.class, () -> of(Optional.of(folder.resolve("absent")), Map.of(), Map.of()));
        assertTrue(
                wrong.problems().get(0).endsWith("absent: cannot be read (NoSuchFileException)"), wrong.getMessage());
    }

    @Test
    void refusesAFileOfAnotherSizeUnread() throws IOException {
        assertProblems("#".repeat((1 << 20) + 1), "more than 1048576 bytes");
    }

    @Test
    void isToldToOperatorsSettingBySetting() throws IOException {
        String guide = Files.readString(Path.of("../docs/bootstrap.md"));
        for (Setting setting : Setting.values()) {
            String standard = setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`";
            String row = "| `" + setting.key() + "` | `" + setting.variable() + "` | " + standard;
            assertTrue(guide.contains(row), "docs/bootstrap.md has no row that begins: " + row);
        }
    }

    private BootstrapConfig ofFile(String text) throws ConfigurationException, IOException {
        return of(Optional.of(file(text)), Map.of(), Map.of());
    }

    private void assertProblems(String text, String... expected) throws IOException {
        Path file = file(text);
        ConfigurationException wrong =
                assertThrows(ConfigurationException.class, () -> of(Optional.of(file), Map.of(), Map.of()));
        for (String part : expected) {
            assertTrue(
                    wrong.problems().stream()
                            .anyMatch(problem -> problem.startsWith(file + ":") && problem.contains(part)),
                    part + " is not among " + wrong.problems());
        }
        assertEquals(expected.length, wrong.problems().size(), wrong.problems()::toString);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("bootstrap.toml"), text);
    }

    private static BootstrapConfig of(Optional<Path> file, Map<String, String> variables, Map<Setting, Given> flags)
            throws ConfigurationException {
        return BootstrapConfig.of(new BootstrapConfig.Sources(file, variables, flags));
    }
}

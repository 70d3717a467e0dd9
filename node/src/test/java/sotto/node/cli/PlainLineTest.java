package sotto.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sotto.libp2p.runtime.EventLoopThread;
import sotto.node.core.Node;
import sotto.node.core.NodeConfig;

/** Proves that a plain command line means what it means to picocli, and that whatever is not plain is left to it. */
class PlainLineTest {
    /** What flags can tell. */
    private record Reading(NodeConfig config, boolean isJson, Optional<String> passphraseFile) {
        static Reading of(CommonFlags flags) {
            return new Reading(flags.nodeConfig(true), flags.isJson(), flags.passphraseFile());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version",
                "--json version",
                "version --json",
                "version --home /tmp/some/where --json",
                "--home ./a/../b version",
                "--passphrase-file - version --lan",
                "--lan version --passphrase-file ./secret.txt --listen /ip4/127.0.0.1/tcp/0",
            })
    void meansWhatItMeansToPicocli(String line) {
        String[] words = line.split(" ", -1);
        Program plain = program();
        plain.flags().fill(PlainLine.read(words).orElseThrow());
        Program parsed = program();
        assertEquals(ExitCode.DONE.number(), Sotto.run(parsed, words));
        assertEquals(Reading.of(parsed.flags()), Reading.of(plain.flags()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "version --help",
                "version -h",
                "version --home",
                "version --home=/tmp",
                "--home version",
                "version --json --json",
                "version --home /a --home /b",
                "version --passphrase-file @/tmp/words",
                "@/tmp/words",
                "--nothing version",
                "-- version",
            })
    void leavesTheRestToPicocli(String line) {
        assertTrue(PlainLine.read(line.split(" ", -1)).isEmpty());
    }

    @Test
    void takesNoWordWithABlankForTwo() {
        assertTrue(PlainLine.read("contact list").isEmpty());
    }

    @Test
    void namesTheCommandByItsWords() {
        PlainLine line = PlainLine.read("contact", "--home", "/tmp", "list").orElseThrow();
        assertEquals("contact list", line.command());
    }

    private static Program program() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Program(new Environment(
                Map.of("XDG_DATA_HOME", "/nonexistent"),
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                false,
                question -> Optional.empty(),
                Node::start,
                () -> new EventLoopThread("sotto-cli"),
                Duration.ZERO,
                CompletableFuture::new));
    }
}

package sotto.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoopThread;
import sotto.node.api.ApiException;
import sotto.node.core.Node;

/** Proves that the file {@code bootstrap} in a home names servers as a flag does, behind those of flags, and that its mistakes are told. */
class BootstrapFileTest {
    private static final String ONE = "/ip4/198.51.100.1/tcp/4001";
    private static final String TWO = "/ip4/198.51.100.2/tcp/4001";

    @TempDir
    Path home;

    @Test
    void namesOneServerALineBesideComments() throws Exception {
        write("# where we join\r\n" + ONE + "\r\n\n  " + TWO + "  # at home\n#" + ONE);
        assertEquals(List.of(Multiaddr.parse(ONE), Multiaddr.parse(TWO)), BootstrapFile.read(home));
    }

    @Test
    void noFileNamesNothing() {
        assertEquals(List.of(), BootstrapFile.read(home));
    }

    @Test
    void flagsComeFirstAndWhoeverOnlyLooksIntoTheVaultReadsNoFile() throws Exception {
        write(ONE + "\n" + TWO + "\n");
        CommonFlags flags = flags(TWO);
        assertEquals(
                List.of(Multiaddr.parse(TWO), Multiaddr.parse(ONE)),
                flags.nodeConfig(true).bootstrap());
        assertEquals(List.of(Multiaddr.parse(TWO)), flags.nodeConfig(false).bootstrap());
    }

    @Test
    void aMistakeIsToldWithFileAndLine() throws Exception {
        write("# ok\n" + ONE + "\n198.51.100.2:4001\n");
        assertTrue(mistake().startsWith(home.resolve("bootstrap") + ":3: "), mistake());
    }

    @Test
    void theNinthAddressIsTooMany() throws Exception {
        write(numbered(BootstrapFile.ENTRIES_MAX));
        assertEquals(BootstrapFile.ENTRIES_MAX, BootstrapFile.read(home).size());
        write(numbered(BootstrapFile.ENTRIES_MAX + 1));
        assertEquals(home.resolve("bootstrap") + ":9: more than 8 addresses", mistake());
    }

    @Test
    void moreThan4KiBOrNoTextIsRefused() throws Exception {
        write("#" + "x".repeat(BootstrapFile.BYTES_MAX - 1));
        assertEquals(List.of(), BootstrapFile.read(home));
        write("#" + "x".repeat(BootstrapFile.BYTES_MAX));
        assertEquals(home.resolve("bootstrap") + ": more than 4096 bytes", mistake());
        Files.write(home.resolve("bootstrap"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertEquals(home.resolve("bootstrap") + ": this is no text", mistake());
    }

    @Test
    void aNodeDoesNotStartWithAMistakeAndStartsOnceItIsMended() throws Exception {
        Path passphrase = Files.writeString(home.resolve("passphrase.txt"), "of a test, long enough\n");
        assertEquals(0, run("init", "--name", "Alice", "--passphrase-file", passphrase.toString()));
        write("nonsense\n");
        assertEquals(2, run("invite", "--passphrase-file", passphrase.toString()));
        assertEquals(0, run("contact", "list", "--passphrase-file", passphrase.toString()));
        assertFalse(Files.exists(home.resolve("node.socket")), "the home is free again");
        write("# " + ONE + "\n");
        assertEquals(
                0,
                run("invite", "--lan", "--listen", "/ip4/127.0.0.1/tcp/0", "--passphrase-file", passphrase.toString()));
    }

    private int run(String... words) {
        String[] line = new String[words.length + 2];
        System.arraycopy(words, 0, line, 0, words.length);
        line[words.length] = "--home";
        line[words.length + 1] = home.toString();
        return Start.run(
                new Environment(
                        Map.of(),
                        InputStream.nullInputStream(),
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        false,
                        question -> Optional.empty(),
                        Node::start,
                        () -> new EventLoopThread("sotto-cli"),
                        Duration.ZERO,
                        CompletableFuture::new),
                line);
    }

    private CommonFlags flags(String bootstrap) {
        CommonFlags flags = new CommonFlags(Map.of());
        flags.fill(PlainLine.read("status", "--home", home.toString(), "--bootstrap", bootstrap)
                .orElseThrow());
        return flags;
    }

    private String mistake() {
        return assertThrows(ApiException.class, () -> BootstrapFile.read(home))
                .error()
                .message();
    }

    private static String numbered(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "/ip4/198.51.100." + i + "/tcp/4001\n")
                .collect(Collectors.joining());
    }

    private void write(String text) throws Exception {
        Files.writeString(home.resolve("bootstrap"), text);
    }
}

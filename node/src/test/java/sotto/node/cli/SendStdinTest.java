package sotto.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import sotto.libp2p.runtime.EventLoopThread;
import sotto.node.core.Node;

/** Proves that a text from stdin is refused for what is wrong with it. */
class SendStdinTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aTextCutInsideACharacterIsTooLong() {
        // An odd byte in front, so that reading ends within one of the letters.
        byte[] text = ("x" + "é".repeat(40_000)).getBytes(StandardCharsets.UTF_8);
        send(text);
        assertTrue(said().contains("can be sent"), said());
    }

    @Test
    void whatIsNotUtf8IsCalledSo() {
        send(new byte[] {'a', (byte) 0xff, '\n'});
        assertEquals("sotto: stdin is not UTF-8", said().lines().findFirst().orElse(""));
    }

    private void send(byte[] stdin) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Program program = new Program(new Environment(
                Map.of("XDG_DATA_HOME", "/nonexistent"),
                new ByteArrayInputStream(stdin),
                nowhere,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                question -> Optional.empty(),
                Node::start,
                () -> new EventLoopThread("sotto-cli"),
                Duration.ZERO,
                CompletableFuture::new));
        Sotto.run(program, "send", "bob");
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}

package sotto.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;

/** Proves that a demo that breaks off says that in its last line, where scripts look. */
class BrokenDemoTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void tellsInItsLastLineThatItBrokeOff() {
        ApiException failed = new ApiException(new ApiError.Failed("no time \"here\""));
        assertEquals(ExitCode.FAILED.number(), demo(failed));
        assertEquals(List.of("{\"ok\":false,\"reason\":\"no time \\\"here\\\"\"}"), lines(out));
        assertEquals(List.of("sotto: no time \"here\""), lines(err));
    }

    @Test
    void tellsOfAnErrorOfTheProgramToo() {
        assertEquals(ExitCode.FAILED.number(), demo(new IllegalStateException("a bug")));
        assertEquals(List.of("{\"ok\":false,\"reason\":\"a bug\"}"), lines(out));
    }

    /** Its homes are made by then, and no process was started yet. */
    private int demo(RuntimeException failure) {
        Environment environment = new Environment(
                Map.of(),
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                question -> Optional.empty(),
                config -> {
                    throw new AssertionError("the nodes of the demo have processes of their own");
                },
                () -> {
                    throw failure;
                },
                Duration.ZERO,
                CompletableFuture::new);
        return Start.run(environment, "demo", "--json");
    }

    private static List<String> lines(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}

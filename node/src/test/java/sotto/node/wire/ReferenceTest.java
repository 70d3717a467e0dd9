package sotto.node.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.runtime.Require;

/** Proves that the committed vectors are those that the second implementation makes, so that neither can drift alone. */
class ReferenceTest {
    private static final Path VECTORS = Path.of("src", "test", "resources", "vectors");

    @Test
    void theCommittedVectorsAreWhatTheReferenceMakes(@TempDir Path made) throws IOException, InterruptedException {
        Require.tool("python3");
        Process reference = new ProcessBuilder(
                        "python3", VECTORS.resolve("reference.py").toString(), made.toString())
                .inheritIO()
                .start();
        assertTrue(reference.waitFor(1, TimeUnit.MINUTES), "the reference ends");
        assertEquals(0, reference.exitValue());
        for (String name : List.of("identity", "invitation", "knock", "recognition", "session")) {
            String file = name + ".properties";
            assertEquals(-1, Files.mismatch(VECTORS.resolve(file), made.resolve(file)), file);
        }
    }
}

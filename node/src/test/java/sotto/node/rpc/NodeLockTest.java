package sotto.node.rpc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that one process at a time has a home, and that a link in place of the lock leads nowhere. */
class NodeLockTest {
    @TempDir
    Path folder;

    @Test
    void isHeldByOneAtATime() throws Exception {
        NodeLock first = NodeLock.take(folder).orElseThrow();
        assertTrue(NodeLock.take(folder).isEmpty());
        first.close();
        NodeLock.take(folder).orElseThrow().close();
    }

    @Test
    void followsNoLink() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");
        Files.createSymbolicLink(folder.resolve("node.lock"), elsewhere);
        assertThrows(IOException.class, () -> NodeLock.take(folder));
        assertFalse(Files.exists(elsewhere));
    }
}

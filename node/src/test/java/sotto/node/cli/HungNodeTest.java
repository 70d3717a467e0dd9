package sotto.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.node.api.ApiException;
import sotto.node.api.Messenger;
import sotto.node.rpc.RemoteMessenger;

/** Proves that a node which takes connections and never answers keeps no command forever. */
class HungNodeTest {
    @TempDir
    Path home;

    @Test
    void aCommandGivesUpOnANodeThatNeverAnswers() throws Exception {
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(home.resolve("node.socket")));
            try (Messenger remote = RemoteMessenger.connect(home).orElseThrow()) {
                ApiException gaveUp =
                        assertThrows(ApiException.class, () -> Waiting.result(remote.status(), Duration.ofSeconds(1)));
                assertEquals("the node did not answer within 1 seconds", gaveUp.getMessage());
                assertEquals(ExitCode.TIMED_OUT, ExitCode.of(gaveUp.error()));
            }
        }
    }
}

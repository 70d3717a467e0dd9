package sotto.bootstrap.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.runtime.EventLoop;
import sotto.libp2p.runtime.EventLoopThread;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;

/** Proves that one process at a time has a home, and that nobody else looks into it. */
class HomeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventLoop loop = new EventLoopThread("home-test");

    @TempDir
    private Path folder;

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    @Test
    void isMadeForItsOwnerAlone() throws IOException {
        Path open = Files.createDirectory(
                folder.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        for (Path each : new Path[] {folder.resolve("new").resolve("home"), open}) {
            try (Home home = Home.take(each, loop, PATIENCE)) {
                assertEquals(each.resolve("host.key"), home.keyFile());
                assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
            }
        }
    }

    @Test
    void isNotTakenTwice() throws IOException {
        try (Home first = Home.take(folder, loop, PATIENCE)) {
            ApiException refused =
                    assertThrows(ApiException.class, () -> Home.take(folder, loop, Duration.ofMillis(300)));
            assertEquals(ApiError.Kind.VAULT_IN_USE, refused.error().kind());
            assertEquals(folder.resolve("host.key"), first.keyFile());
        }
        Home.take(folder, loop, Duration.ZERO).close();
    }

    @Test
    void isWaitedFor() throws Exception {
        Home first = Home.take(folder, loop, PATIENCE);
        CompletableFuture<Home> second = CompletableFuture.supplyAsync(() -> {
            try {
                return Home.take(folder, loop, PATIENCE);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        first.close();
        second.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).close();
    }
}

package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.EventLoopThread;

/** Proves that a vault works as the product uses it: a real loop, real threads, the full cost of a passphrase, a real folder. */
class VaultFilesTest {
    private static final Bytes KEY = Bytes.utf8("key");
    private static final int PATIENCE_SECONDS = 60;

    private final EventLoopThread loop = new EventLoopThread("vault-test");

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void keepsACommitAndItsFilesFromOthers() throws Exception {
        Path home = folder.resolve("home");
        VaultFiles files = new VaultFiles(home, TestVaults.CRYPTO);
        assertFalse(files.exist());
        Vault made = files.create(TestVaults.passphrase("first"), loop, failed -> {});
        onLoop(() -> made.write(transaction -> transaction.table("t").put(KEY, Bytes.utf8("value"))))
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        onLoop(() -> {
            made.close();
            return true;
        });
        assertTrue(files.exist());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home)));
        for (VaultFileName name : new VaultFileName[] {VaultFileName.MAIN, VaultFileName.JOURNAL, VaultFileName.KEYS}) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(name.fileName()))));
        }

        VaultException wrong = assertThrows(
                VaultException.class, () -> files.open(TestVaults.passphrase("other"), loop, failed -> {}));
        assertEquals(VaultException.Kind.WRONG_PASSPHRASE, wrong.kind());
        Vault opened = files.open(TestVaults.passphrase("first"), loop, failed -> {});
        assertEquals(
                Optional.of(Bytes.utf8("value")),
                onLoop(() -> opened.read(tables -> tables.table("t").get(KEY))));
        onLoop(() -> {
            opened.close();
            return true;
        });
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                done.complete(task.call());
            } catch (Exception failure) {
                done.completeExceptionally(failure);
            }
        });
        return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}

package sotto.bootstrap.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.Ed25519KeyPair;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.Entropy;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;

/** Proves that a node keeps its key, that nobody else sees it, and that no other is taken for it. */
class HostKeyFileTest {
    private final Crypto crypto = CryptoChoice.fastest();

    @TempDir
    private Path folder;

    private Path path = Path.of("");

    @BeforeEach
    void choosePath() {
        path = folder.resolve("host.key");
    }

    @Test
    void isMadeOnceAndKept() throws IOException {
        PeerId first = id();
        assertEquals(first, id());
        Files.delete(path);
        assertFalse(first.equals(id()));
    }

    @Test
    void isItsOwnersAlone() throws IOException {
        id();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "nothing unfinished lies about");
        }
    }

    @Test
    void refusesAFileThatOthersCanUse() throws IOException {
        id();
        for (String permissions : new String[] {"rw-r-----", "rw-----w-", "rw----r--", "rwx------"}) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
            assertRefused(ApiError.Kind.NOT_ALLOWED);
        }
    }

    @Test
    void refusesALinkToAFile() throws IOException {
        id();
        Path elsewhere = Files.move(path, folder.resolve("elsewhere"));
        Files.createSymbolicLink(path, elsewhere);
        assertRefused(ApiError.Kind.NOT_ALLOWED);
    }

    @Test
    void refusesADamagedFileAndLeavesItAsItIs() throws IOException {
        id();
        byte[] whole = Files.readAllBytes(path);
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
            Files.write(path, damaged);
            assertRefused(ApiError.Kind.VAULT_DAMAGED);
            assertArrayEquals(damaged, Files.readAllBytes(path));
        }
    }

    @Test
    void refusesATruncatedFileAndOneThatIsTooLong() throws IOException {
        id();
        byte[] whole = Files.readAllBytes(path);
        for (int size = 0; size < whole.length; size++) {
            Files.write(path, Arrays.copyOf(whole, size));
            assertRefused(ApiError.Kind.VAULT_DAMAGED);
        }
        Files.write(path, Arrays.copyOf(whole, whole.length + 1));
        assertRefused(ApiError.Kind.VAULT_DAMAGED);
    }

    /** The Ed25519 key of the peer-ids specification, "Test vectors". */
    @Test
    void takesTheKeyOfAnotherLibp2pProgram() throws IOException {
        byte[] encoded = HexFormat.of()
                .parseHex("080112407e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d"
                        + "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e");
        Files.write(path, encoded);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        try (Ed25519KeyPair key = new HostKeyFile(path, crypto).readOrCreate(Entropy.secure())) {
            assertEquals(
                    "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e",
                    HexFormat.of().formatHex(key.publicKey().bytes().toArray()));
        }
    }

    @Test
    void writesNoKeyIntoAnError() throws IOException {
        id();
        byte[] whole = Files.readAllBytes(path);
        whole[40] ^= 1;
        Files.write(path, whole);
        ApiException refused = assertThrows(ApiException.class, this::id);
        String seed = HexFormat.of().formatHex(whole, 4, 12);
        assertFalse(refused.error().message().contains(seed));
        assertTrue(refused.error().message().contains(path.toString()));
    }

    private void assertRefused(ApiError.Kind kind) {
        ApiException refused = assertThrows(ApiException.class, this::id);
        assertEquals(kind, refused.error().kind());
    }

    private PeerId id() throws IOException {
        try (Ed25519KeyPair key = new HostKeyFile(path, crypto).readOrCreate(Entropy.secure())) {
            return PeerId.of(key.publicKey());
        }
    }
}

package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sotto.libp2p.runtime.VirtualLoop;

/** Proves that no file of a vault is written or read through a link, whether what it leads to is there or not. */
class LinkedFilesTest {
    @TempDir
    Path folder;

    private Path home = Path.of("");
    private Path elsewhere = Path.of("");

    @BeforeEach
    void makeAHome() throws Exception {
        home = Files.createDirectory(folder.resolve("home"));
        elsewhere = folder.resolve("elsewhere");
    }

    @ParameterizedTest
    @EnumSource
    void makesNoVaultThroughALinkThatLeadsNowhere(VaultFileName name) throws Exception {
        Files.createSymbolicLink(home.resolve(name.fileName()), elsewhere);
        assertThrows(VaultException.class, this::create);
        assertFalse(Files.exists(elsewhere));
    }

    @ParameterizedTest
    @EnumSource
    void makesNoVaultThroughALinkToAFile(VaultFileName name) throws Exception {
        byte[] content = {1, 2, 3};
        Files.write(elsewhere, content);
        Files.createSymbolicLink(home.resolve(name.fileName()), elsewhere);
        assertThrows(VaultException.class, this::create);
        assertArrayEquals(content, Files.readAllBytes(elsewhere));
    }

    @ParameterizedTest
    @EnumSource(names = "UNFINISHED", mode = EnumSource.Mode.EXCLUDE)
    void opensNoVaultThroughALink(VaultFileName name) throws Exception {
        create();
        Path file = home.resolve(name.fileName());
        Files.move(file, elsewhere);
        Files.createSymbolicLink(file, elsewhere);
        VaultException refused = assertThrows(VaultException.class, () -> TestVaults.open(home, VirtualLoop.seeded(2)));
        assertEquals(VaultException.Kind.IO, refused.kind());
    }

    @Test
    void makesAVaultOverTheRemainsOfOne() throws Exception {
        for (VaultFileName name : VaultFileName.values()) {
            Files.write(home.resolve(name.fileName()), new byte[100_000]);
        }
        create();
        assertTrue(Files.isRegularFile(home.resolve(VaultFileName.KEYS.fileName()), LinkOption.NOFOLLOW_LINKS));
        TestVaults.open(home, VirtualLoop.seeded(2)).close();
    }

    private void create() throws VaultException {
        VirtualLoop loop = VirtualLoop.seeded(1);
        Vault vault = TestVaults.create(home, loop);
        loop.runUntilIdle();
        vault.close();
    }
}

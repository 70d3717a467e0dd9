package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.runtime.VirtualLoop;

/** Proves that what the vault takes for durable was given to the operating system to sync: files, the folder, the folders above. */
class HomeDiskTest {
    private final List<String> notes = new ArrayList<>();
    private final VirtualLoop loop = VirtualLoop.seeded(1);

    @TempDir
    Path folder;

    @Test
    void syncsTheFoldersAboveANewHomeBeforeTheFirstFileIsWritten() throws Exception {
        create(folder.resolve("share/sotto")).close();
        List<String> before = notes.subList(0, notes.indexOf("write vault.journal"));
        assertTrue(before.contains("sync share"), before::toString);
        assertTrue(before.contains("sync " + folder.getFileName()), before::toString);
        assertTrue(before.contains("sync sotto"), before::toString);
    }

    @Test
    void syncsTheFolderAboveAHomeThatWasThereBefore() throws Exception {
        create(Files.createDirectory(folder.resolve("sotto"))).close();
        assertTrue(notes.contains("sync " + folder.getFileName()), notes::toString);
    }

    @Test
    void syncsEveryFileAndThenTheFolderBeforeAVaultIsOne() throws Exception {
        VaultDisk disk = new HomeDisk(folder.resolve("sotto"), this::open);
        KeyRing.Tools tools =
                new VaultEnvironment(loop, TestVaults.CRYPTO, VaultThreads.none(), TestVaults.SETTINGS).newTools();
        Bytes fileId = Bytes.owning(tools.random().bytes(VaultFormat.FILE_ID_BYTES));
        SecretBytes unlockKey = SecretBytes.random(VaultFormat.KEY_BYTES, tools.random());
        LockSlot lock = new Locksmith(tools.crypto(), tools.random(), fileId)
                .make(TestVaults.passphrase(""), TestVaults.CHEAP, unlockKey)
                .slot();
        new VaultCreation(disk, tools, TestVaults.JOURNAL_FRAMES).create(fileId, lock, unlockKey);
        List<String> creation = new ArrayList<>(notes);
        creation.removeIf(note -> note.startsWith("write"));
        assertEquals(
                List.of(
                        "sync " + folder.getFileName(),
                        "sync sotto",
                        "sync vault.journal",
                        "sync vault.db",
                        "sync vault.key",
                        "sync sotto",
                        "sync sotto"),
                creation);
    }

    @Test
    void syncsTheJournalBetweenWritingACommitAndAcknowledgingIt() throws Exception {
        try (Vault vault = create(folder.resolve("sotto"))) {
            write(vault, "warm-up");
            notes.clear();
            write(vault, "value");
            assertEquals(
                    List.of("write vault.journal", "sync vault.journal", "write vault.db", "acknowledged"),
                    collapsed(notes));
        }
    }

    @Test
    void syncsEachStepOfACheckpointBeforeTheNext() throws Exception {
        try (Vault vault = create(folder.resolve("sotto"))) {
            write(vault, "value");
            notes.clear();
            loop.advance(VaultLimits.IDLE_BEFORE_CHECKPOINT.multipliedBy(2));
            assertEquals(
                    List.of(
                            "write vault.journal",
                            "sync vault.journal",
                            "write vault.db",
                            "sync vault.db",
                            "write vault.db",
                            "sync vault.db",
                            "write vault.key",
                            "sync vault.key"),
                    collapsed(notes));
        }
    }

    private Vault create(Path home) throws VaultException {
        Vault vault = TestVaults.on(new HomeDisk(home, this::open), loop).create(TestVaults.passphrase(""));
        loop.runUntilIdle();
        return vault;
    }

    private FileChannel open(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return new RecordingChannel(FileChannel.open(path, options, attributes), path, notes);
    }

    private void write(Vault vault, String value) {
        var unused = vault.write(transaction -> transaction.table("t").put(Bytes.utf8("key"), Bytes.utf8(value)))
                .thenRun(() -> notes.add("acknowledged"));
        loop.runUntilIdle();
    }

    /** Equal neighbours as one: how many writes a step takes is not the point. */
    private static List<String> collapsed(List<String> notes) {
        List<String> collapsed = new ArrayList<>(notes);
        for (int index = collapsed.size() - 1; index > 0; index--) {
            if (collapsed.get(index).equals(collapsed.get(index - 1))) {
                collapsed.remove(index);
            }
        }
        return Collections.unmodifiableList(collapsed);
    }
}

package sotto.node.vault;

import static sotto.node.vault.VaultFormat.FRAME_BYTES;
import static sotto.node.vault.VaultFormat.KEY_BYTES;
import static sotto.node.vault.VaultFormat.ROOT_TABLE_BYTES;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.vault.KeyFile.Place;

/**
 * Makes the files of an empty vault. Until all of them are durable a fourth file says that they are not finished: so a crash
 * leaves either a vault or nothing that {@link VaultOpening} would take for one. Used once, by one thread.
 */
final class VaultCreation {
    private static final int FILL_BYTES = 1 << 20;
    /** One header for each of the two slots. */
    private static final int FIRST_GENERATIONS = 2;

    private final VaultDisk disk;
    private final KeyRing.Tools tools;
    private final int journalFrames;

    VaultCreation(VaultDisk disk, KeyRing.Tools tools, int journalFrames) {
        this.disk = disk;
        this.tools = tools;
        this.journalFrames = journalFrames;
    }

    /** Makes the files, the record in the key file having {@code lock} around {@code unlockKey}. */
    void create(Bytes fileId, LockSlot lock, SecretBytes unlockKey) throws IOException, VaultException {
        checkNotThere();
        try (DiskFile unfinished = disk.create(VaultFileName.UNFINISHED)) {
            if (!unfinished.tryLock()) {
                throw new VaultException(VaultException.Kind.IN_USE, "another process is making the vault");
            }
            disk.syncNames(SyncPoint.NAMES_BEGUN);
            try (RootKey root = new RootKey(SecretBytes.random(KEY_BYTES, tools.random()), 1, false)) {
                makeJournal();
                makeMain(fileId, root);
                KeyRing.Sealing sealing = new KeyRing.Sealing(tools, unlockKey, Place.A);
                makeKeys(sealing.record(fileId, 1, List.of(lock), root), root);
            }
            disk.syncNames(SyncPoint.NAMES_MADE);
            disk.delete(VaultFileName.UNFINISHED);
            disk.syncNames(SyncPoint.NAMES_DONE);
        }
    }

    /** Refuses to write over anything that may be somebody's vault, whole or not. */
    void checkNotThere() throws IOException, VaultException {
        if (disk.exists(VaultFileName.UNFINISHED)) {
            return;
        }
        boolean hasMain = disk.exists(VaultFileName.MAIN);
        boolean hasKeys = disk.exists(VaultFileName.KEYS);
        if (hasMain && hasKeys) {
            throw new VaultException(VaultException.Kind.EXISTS, "there is a vault already");
        }
        if (hasMain || hasKeys) {
            throw VaultExceptions.damaged("a part of a vault is there already");
        }
    }

    private void makeJournal() throws IOException {
        try (DiskFile journal = disk.create(VaultFileName.JOURNAL)) {
            long sizeBytes = (long) journalFrames * FRAME_BYTES;
            for (long offset = 0; offset < sizeBytes; offset += FILL_BYTES) {
                journal.write(offset, tools.random().bytes((int) Math.min(FILL_BYTES, sizeBytes - offset)));
            }
            journal.sync(SyncPoint.CREATED_JOURNAL);
        }
    }

    private void makeMain(Bytes fileId, RootKey root) throws IOException {
        try (DiskFile main = disk.create(VaultFileName.MAIN)) {
            MainPages pages = new MainPages(main, fileId);
            pages.growTo(Slots.FIRST_PAGE, tools.random());
            HeaderSlots headers = new HeaderSlots(main, fileId);
            AcknowledgementMark mark = new AcknowledgementMark(main, fileId);
            for (long generation = 1; generation <= FIRST_GENERATIONS; generation++) {
                Header header = new Header(
                        generation,
                        0,
                        0,
                        pages.slots(),
                        journalFrames,
                        root.generation(),
                        JournalKey.fresh(tools.random()),
                        new byte[ROOT_TABLE_BYTES]);
                mark.write(0, header, tools.random());
                byte[] rootKey = root.key().copy();
                try {
                    headers.write(header, rootKey, tools.random());
                } finally {
                    Arrays.fill(rootKey, (byte) 0);
                }
            }
            main.sync(SyncPoint.CREATED_MAIN);
        }
    }

    private void makeKeys(KeyRecord record, RootKey root) throws IOException {
        try (DiskFile keys = disk.create(VaultFileName.KEYS)) {
            KeyFile file = new KeyFile(keys, tools.crypto(), tools.random());
            HeaderWitness witness = new HeaderWitness(record.fileId(), root);
            file.create(record, witness.sealed(FIRST_GENERATIONS, Place.A, tools.random()));
        }
    }
}

package sotto.node.vault;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.vault.KeyFile.Place;

/**
 * Opens the files of a vault: takes the lock, finds the root that opens the newest header, replays the journal, finishes what a
 * crash left. Nothing is written before all of it was found whole. Used once, by one thread.
 */
final class VaultOpening {
    private final VaultDisk disk;
    private final KeyRing.Tools tools;

    VaultOpening(VaultDisk disk, KeyRing.Tools tools) {
        this.disk = disk;
        this.tools = tools;
    }

    /** An open vault's lower half: the committer for one thread, the pages for another. */
    record Open(Committer committer, KeyTree tree, int pages) {}

    /** Gives the unlock key in a slot, if it can; whoever opens wipes it. */
    interface Unlocking {
        Optional<SecretBytes> unlock(Bytes fileId, LockSlot slot) throws VaultException;
    }

    Open open(Unlocking unlocking) throws IOException, VaultException {
        checkThere();
        Closing closing = new Closing();
        try {
            Open open = open(unlocking, closing);
            closing.keepOpen();
            return open;
        } finally {
            closing.close();
        }
    }

    private void checkThere() throws IOException, VaultException {
        boolean isUnfinished = disk.exists(VaultFileName.UNFINISHED);
        boolean hasMain = disk.exists(VaultFileName.MAIN);
        boolean hasKeys = disk.exists(VaultFileName.KEYS);
        if (isUnfinished || !(hasMain || hasKeys)) {
            throw new VaultException(VaultException.Kind.ABSENT, "there is no vault");
        }
        if (!hasMain || !hasKeys || !disk.exists(VaultFileName.JOURNAL)) {
            throw VaultExceptions.damaged("a file of the vault is missing");
        }
    }

    private Open open(Unlocking unlocking, Closing closing) throws IOException, VaultException {
        DiskFile main = closing.later(disk.open(VaultFileName.MAIN));
        if (!main.tryLock()) {
            throw new VaultException(VaultException.Kind.IN_USE, "another process has the vault open");
        }
        if (main.sizeBytes() < Slots.offset(Slots.FIRST_PAGE)) {
            throw VaultExceptions.damaged("the vault is empty or cut off");
        }
        KeyFile keyFile = closing.later(new KeyFile(disk.open(VaultFileName.KEYS), tools.crypto(), tools.random()));
        DiskFile journalFile = closing.later(disk.open(VaultFileName.JOURNAL));
        new HeaderSlots(main, Bytes.EMPTY).checkVersion();
        List<Candidate> candidates = unlocked(keyFile, unlocking, closing);
        Chosen chosen = newest(main, candidates);
        candidates.stream()
                .filter(candidate -> candidate.place() != chosen.candidate().place())
                .forEach(candidate -> candidate.opened().close());
        Bytes fileId = chosen.candidate().opened().record().fileId();
        VaultParts parts = new VaultParts(
                fileId,
                main,
                new MainPages(main, fileId),
                new HeaderSlots(main, fileId),
                new Journal(journalFile, fileId, tools.random()),
                journalFile,
                new KeyRing(
                        keyFile,
                        tools,
                        chosen.candidate().place(),
                        chosen.candidate().opened()),
                tools.random());
        return recover(parts, chosen);
    }

    private List<Candidate> unlocked(KeyFile keyFile, Unlocking unlocking, Closing closing)
            throws IOException, VaultException {
        Map<Place, KeyRecord> records = keyFile.records();
        List<Candidate> candidates = new ArrayList<>();
        boolean isUnlocked = false;
        for (Map.Entry<Place, KeyRecord> entry : records.entrySet()) {
            KeyRecord record = entry.getValue();
            for (LockSlot slot : record.slots()) {
                var unlockKey = unlocking.unlock(record.fileId(), slot);
                if (unlockKey.isPresent()) {
                    isUnlocked = true;
                    RootKey root = new KeyRing.Sealing(tools, unlockKey.get(), entry.getKey())
                            .root(record)
                            .orElseThrow(() -> VaultExceptions.damaged("the key file is damaged"));
                    KeyRing.Opened opened = closing.later(new KeyRing.Opened(record, unlockKey.get(), root));
                    Optional<Long> witness = new HeaderWitness(record.fileId(), root)
                            .opened(keyFile.witness(entry.getKey()), entry.getKey());
                    witness.ifPresent(known -> candidates.add(new Candidate(entry.getKey(), opened, known)));
                    if (witness.isEmpty() && records.size() == 1) {
                        throw VaultExceptions.damaged("the key file's witness is not authentic");
                    }
                    // One of two that has no witness was not finished, or its end had begun.
                    break;
                }
            }
        }
        if (candidates.isEmpty()) {
            throw isUnlocked
                    ? VaultExceptions.damaged("the key file's witnesses are not authentic")
                    : new VaultException(VaultException.Kind.WRONG_PASSPHRASE, "wrong passphrase");
        }
        return candidates;
    }

    /** The newest header that a root opens. */
    private static Chosen newest(DiskFile main, List<Candidate> candidates) throws IOException, VaultException {
        Optional<Chosen> newest = Optional.empty();
        for (Candidate candidate : candidates) {
            KeyRing.Opened opened = candidate.opened();
            HeaderSlots headers = new HeaderSlots(main, opened.record().fileId());
            List<Header> openedHeaders = read(headers, opened.root());
            boolean hasBoth = openedHeaders.size() == 2;
            for (Header header : openedHeaders) {
                if (newest.isEmpty()
                        || header.generation() > newest.get().header().generation()) {
                    newest = Optional.of(new Chosen(candidate, header, hasBoth));
                }
            }
        }
        return newest.orElseThrow(() -> VaultExceptions.damaged("no header of the vault opens with its key file"));
    }

    /** The headers that {@code root} opens. */
    private static List<Header> read(HeaderSlots headers, RootKey root) throws IOException {
        byte[] key = root.key().copy();
        try {
            Optional<Header> a = headers.read(Slots.HEADER_A, key);
            Optional<Header> b = headers.read(Slots.HEADER_B, key);
            return Stream.of(a, b).flatMap(Optional::stream).toList();
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private Open recover(VaultParts parts, Chosen chosen) throws IOException, VaultException {
        Header header = chosen.header();
        if (chosen.candidate().witness() > header.generation()) {
            throw VaultExceptions.damaged("the main file is older than the key file knows it");
        }
        if (parts.pages().slots() < header.slots() || parts.journal().frames() < header.frames()) {
            throw VaultExceptions.damaged("a file of the vault was cut off");
        }
        JournalReplay replay = JournalReplay.of(header, parts.journal().readAll(header.journalKey()));
        if (new AcknowledgementMark(parts.main(), parts.fileId()).read(header) > replay.commit()) {
            throw VaultExceptions.damaged("the journal has lost commits that were acknowledged");
        }
        NewTables tables = replay.tables(header);
        KeyTree tree = new KeyTree(new MainPages(parts.main(), parts.fileId()), tables.rootTable());
        tree.install(tables);
        tree.checkTop();
        Committer committer = new Committer(parts, header, replay);
        finish(committer, tree, replay, chosen);
        return new Open(committer, tree, replay.pages());
    }

    /** Ends what a crash interrupted: the journal is emptied, both headers are under one root, the other key record is gone. */
    private static void finish(Committer committer, KeyTree tree, JournalReplay replay, Chosen chosen)
            throws IOException, VaultException {
        VaultParts parts = committer.parts();
        if (replay.end() > replay.next()) {
            parts.journal().scrub(replay.next(), replay.end());
        }
        if (!replay.isEmpty()) {
            tree.install(committer.checkpoint(tree.plan(replay.data())));
        } else if (!chosen.hasBothHeaders() || replay.end() > replay.next()) {
            committer.writeOtherHeader();
        } else if (chosen.candidate().witness() < chosen.header().generation()) {
            committer.witness();
        }
        parts.keys().wipeSpare();
        if (parts.keys().root().isToBeReplaced()) {
            tree.install(committer.rotate(tree.plan(new HashMap<>())));
        }
    }

    /** A key record that the passphrase opens, and the generation of the newest header that it knows of. */
    private record Candidate(Place place, KeyRing.Opened opened, long witness) {}

    /** The header to go on from. */
    private record Chosen(Candidate candidate, Header header, boolean hasBothHeaders) {}

    /** Closes what was opened if opening fails half way. */
    private static final class Closing {
        private final List<Closeable> opened = new ArrayList<>();

        <T extends Closeable> T later(T file) {
            opened.add(file);
            return file;
        }

        void keepOpen() {
            opened.clear();
        }

        void close() throws IOException {
            for (Closeable file : opened) {
                file.close();
            }
        }
    }
}

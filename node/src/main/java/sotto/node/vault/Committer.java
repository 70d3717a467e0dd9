package sotto.node.vault;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import sotto.libp2p.crypto.SecretBytes;

/**
 * Makes commits and checkpoints durable: the only writer of main file and journal, and through {@link KeyRing} of the key file.
 * Every method returns once what it did would survive a power cut. After an exception it must not be used again: the files are
 * then in a state that opening repairs. Confined to one thread at a time.
 */
final class Committer implements Closeable {
    private final VaultParts parts;
    private final AcknowledgementMark mark;
    private Header header;
    private long commit;
    private int pages;
    private boolean isMarked;

    /** Goes on behind {@code header} and what {@code replay} found after it. */
    Committer(VaultParts parts, Header header, JournalReplay replay) {
        this.parts = parts;
        this.mark = new AcknowledgementMark(parts.main(), parts.fileId());
        this.header = header;
        this.commit = replay.commit();
        this.pages = replay.pages();
        parts.journal().restart(header.journalKey(), replay.next());
    }

    /** Frames the journal has left. */
    int freeFrames() {
        return parts.journal().free();
    }

    /** Appends {@code changed} to the journal as one commit. */
    void commit(Map<Integer, byte[]> changed, int newPages) throws IOException {
        List<PageImage> images = new ArrayList<>(changed.size());
        changed.forEach((number, payload) -> images.add(new PageImage(Region.DATA, number, payload)));
        parts.journal().append(commit + 1, newPages, images, SyncPoint.BATCH);
        commit++;
        pages = newPages;
        mark.write(commit, header, parts.random());
        if (!isMarked) {
            parts.main().sync(SyncPoint.MARK);
            isMarked = true;
        }
    }

    /** Puts the pages of {@code plan} into their slots under fresh keys, and begins the journal anew. */
    NewTables checkpoint(CheckpointPlan plan) throws IOException {
        NewTables made = settle(plan);
        witness();
        return made;
    }

    private NewTables settle(CheckpointPlan plan) throws IOException {
        NewTables made = NewTables.of(plan, parts.random());
        if (!plan.data().isEmpty()) {
            parts.journal().append(commit + 1, pages, made.images(), SyncPoint.TABLES);
            commit++;
            writeSlots(plan, made);
        }
        writeHeader(made.rootTable(), SyncPoint.SLOTS, SyncPoint.HEADER);
        return made;
    }

    /** A checkpoint under a new root; the old one is gone when this returns, and with it every page and key it led to. */
    NewTables rotate(CheckpointPlan plan) throws IOException {
        parts.keys().beginRotation(header.generation());
        NewTables made = settle(plan);
        writeOtherHeader();
        parts.keys().wipeSpare();
        return made;
    }

    /** Replaces locks and unlock key, then the root. */
    NewTables changeLocks(List<LockSlot> slots, SecretBytes unlockKey, CheckpointPlan plan) throws IOException {
        parts.keys().changeLocks(slots, unlockKey, header.generation());
        return rotate(plan);
    }

    /** Writes the same header, under the present root, where an older one is. */
    void writeOtherHeader() throws IOException {
        writeHeader(header.rootTable(), SyncPoint.OTHER_MARK, SyncPoint.OTHER_HEADER);
        witness();
    }

    /** Lets the key file know of the present header, so that an older one cannot take its place. */
    void witness() throws IOException {
        parts.keys().witness(header.generation());
    }

    VaultParts parts() {
        return parts;
    }

    @Override
    public void close() throws IOException {
        parts.close();
    }

    private void writeSlots(CheckpointPlan plan, NewTables made) throws IOException {
        MainPages.Writing writing = parts.pages().writing(parts.random());
        plan.data()
                .forEach((number, payload) ->
                        writing.add(new PageImage(Region.DATA, number, payload), made.dataKey(number)));
        made.level2()
                .forEach((number, keys) ->
                        writing.add(new PageImage(Region.LEVEL_2, number, keys), made.level2Key(number)));
        made.level1()
                .forEach((number, keys) ->
                        writing.add(new PageImage(Region.LEVEL_1, number, keys), made.level1Key(number)));
        writing.write();
    }

    /** Writes the next header, its mark before it, and begins the journal anew under its key. */
    private void writeHeader(byte[] rootTable, SyncPoint before, SyncPoint after) throws IOException {
        RootKey root = parts.keys().root();
        Header next = new Header(
                header.generation() + 1,
                commit,
                pages,
                parts.pages().slots(),
                parts.journal().frames(),
                root.generation(),
                JournalKey.fresh(parts.random()),
                rootTable);
        mark.write(commit, next, parts.random());
        parts.main().sync(before);
        byte[] key = root.key().copy();
        try {
            parts.headers().write(next, key, parts.random());
        } finally {
            Arrays.fill(key, (byte) 0);
        }
        parts.main().sync(after);
        header = next;
        isMarked = false;
        parts.journal().restart(header.journalKey(), 0);
    }
}

package sotto.node.vault;

import static sotto.node.vault.VaultFormat.ROOT_TABLE_BYTES;

import java.nio.ByteBuffer;

/**
 * What one of the two headers seals under the root key.
 *
 * @param generation goes up with every header written, whichever root seals it: the higher one counts
 * @param commit the last commit whose pages are in their slots
 * @param pages the length of MapDB's volume
 * @param slots the length of the main file
 * @param frames the length of the journal
 * @param rootGeneration which root sealed it, to be compared with the key record
 * @param journalKey seals this header's mark, and the frames that came after it
 * @param rootTable the keys of the level-1 tables, zero where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody changes the arrays, and nobody compares these.
record Header(
        long generation,
        long commit,
        int pages,
        int slots,
        int frames,
        long rootGeneration,
        JournalKey journalKey,
        byte[] rootTable) {
    static final int PLAINTEXT_BYTES = VaultFormat.SLOT_BYTES
            - VaultFormat.MAGIC_BYTES
            - 1
            - VaultFormat.FILE_ID_BYTES
            - VaultFormat.NONCE_BYTES
            - VaultFormat.TAG_BYTES;

    byte[] encoded() {
        ByteBuffer plaintext = ByteBuffer.allocate(PLAINTEXT_BYTES);
        plaintext.putLong(generation).putLong(commit);
        plaintext.putInt(pages).putInt(slots).putInt(frames);
        plaintext.putLong(rootGeneration);
        journalKey.write(plaintext);
        plaintext.put(rootTable);
        return plaintext.array();
    }

    /** What {@link #encoded} made; the bytes were authentic, so they are ours. */
    static Header decoded(byte[] plaintext) {
        ByteBuffer in = ByteBuffer.wrap(plaintext);
        long generation = in.getLong();
        long commit = in.getLong();
        int pages = in.getInt();
        int slots = in.getInt();
        int frames = in.getInt();
        long rootGeneration = in.getLong();
        JournalKey journalKey = JournalKey.read(in);
        byte[] rootTable = new byte[ROOT_TABLE_BYTES];
        in.get(rootTable);
        return new Header(generation, commit, pages, slots, frames, rootGeneration, journalKey, rootTable);
    }

    @Override
    public String toString() {
        return "Header(" + generation + ")";
    }
}

package sotto.node.vault;

import static sotto.node.vault.VaultFormat.KEY_BYTES;

import java.nio.ByteBuffer;

/** What the journal is written under from one checkpoint to the next: a key for its seals, and one for its {@link FrameCheck}. */
@SuppressWarnings("ArrayRecordComponent") // Never compared: keys on their way into or out of a header.
record JournalKey(byte[] sealing, byte[] checking) {
    static JournalKey fresh(RandomStream random) {
        return new JournalKey(random.bytes(KEY_BYTES), random.bytes(KEY_BYTES));
    }

    void write(ByteBuffer out) {
        out.put(sealing).put(checking);
    }

    static JournalKey read(ByteBuffer in) {
        byte[] sealing = new byte[KEY_BYTES];
        byte[] checking = new byte[KEY_BYTES];
        in.get(sealing).get(checking);
        return new JournalKey(sealing, checking);
    }

    @Override
    public String toString() {
        return "JournalKey";
    }
}

package sotto.node.vault;

import java.io.Closeable;
import java.io.IOException;
import sotto.libp2p.bytes.Bytes;

/** The open files of a vault and what works on them. */
record VaultParts(
        Bytes fileId,
        DiskFile main,
        MainPages pages,
        HeaderSlots headers,
        Journal journal,
        DiskFile journalFile,
        KeyRing keys,
        RandomStream random)
        implements Closeable {

    /** Wipes the keys, closes the files and so gives the lock back. */
    @Override
    public void close() throws IOException {
        try (main;
                journalFile;
                keys) {
            // Closing is all there is to do, and each is closed whatever the others say.
        }
    }
}

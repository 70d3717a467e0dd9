package sotto.node.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.node.vault.Row;
import sotto.node.vault.Tables;
import sotto.node.vault.Transaction;

/**
 * The erasures that are owed. What is removed can still be recovered from the files until the vault's root is replaced, so the
 * transaction that removes leaves a mark, and the mark goes once that is done: whoever is killed in between does it at the next
 * start. Confined to the node loop.
 */
final class Erasure {
    private static final String TABLE = "erasure";
    private static final Bytes OWED = Bytes.utf8("owed");

    private final Store store;

    Erasure(Store store) {
        this.store = store;
    }

    /** To be called in the transaction that removes; what it removed is to be erased. */
    void owe(Transaction transaction) {
        transaction
                .table(TABLE)
                .put(OWED, new ByteWriter().u64(owed(transaction) + 1).toBytes());
    }

    /** Erases what is owed, if anything is; completes once nothing of it can be recovered from the files. */
    CompletionStage<Boolean> settle() {
        long owed = store.read(Erasure::owed);
        if (owed == 0) {
            return CompletableFuture.completedFuture(false);
        }
        return store.erase().thenCompose(erased -> store.write(transaction -> settled(transaction, owed)));
    }

    /** What was removed since is owed still. */
    private static boolean settled(Transaction transaction, long owed) {
        boolean isAll = owed(transaction) == owed;
        if (isAll) {
            transaction.table(TABLE).remove(OWED);
        }
        return isAll;
    }

    private static long owed(Tables tables) {
        return tables.table(TABLE)
                .get(OWED)
                .map(row -> Row.decode(row, ByteReader::u64))
                .orElse(0L);
    }
}

package sotto.node.vault;

import sotto.libp2p.bytes.Bytes;

/** A table inside a transaction. */
public interface WritableTable extends Table {
    /** Inserts or replaces. */
    void put(Bytes key, Bytes value);

    /** Removes the row if there is one; its bytes are zeroed at once and unrecoverable after {@link Vault#erase}. */
    void remove(Bytes key);
}

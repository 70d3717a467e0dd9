package sotto.node.vault;

/** An open transaction: sees its own changes. Rooms take it as an argument; only {@code core} begins and ends one. */
public interface Transaction extends Tables {
    @Override
    WritableTable table(String name);

    /** Runs {@code action} on the vault's thread once this transaction is durable; never if it is lost. In the order of the calls. */
    void afterCommit(Runnable action);
}

package sotto.node.vault;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import sotto.node.api.Passphrase;

/**
 * An open vault: sorted tables of bytes in one sealed file. Confined to one thread (the node loop): all of the state is read and
 * changed there, at once and in memory; making it durable happens beside it, in groups, and is reported back to that thread.
 */
public interface Vault extends AutoCloseable {
    /**
     * Reads the current state, including what {@link #write} did and is not yet durable.
     *
     * @throws UncheckedVaultException if the files are damaged where the query reads; the vault is closed then
     */
    <T> T read(Function<Tables, T> query);

    /**
     * Runs {@code transaction} now, to its end, and makes it durable in the background together with its neighbours. All of it
     * survives or nothing. What it throws is thrown on, after all that is not durable was dropped: such a vault is closed.
     *
     * @return completes on the vault's thread once durable, in the order of the calls; fails with {@link VaultException} if the
     *     disk refuses, and the vault is closed then
     */
    CompletionStage<Void> write(Consumer<Transaction> transaction);

    /** Makes everything deleted so far unrecoverable from the files (root rotation); completes once that is done. */
    CompletionStage<Void> erase();

    /** Replaces the passphrase and the root key; rewrites no data page. {@link VaultException.Kind#WRONG_PASSPHRASE} if {@code current} is wrong. */
    CompletionStage<Void> changePassphrase(Passphrase current, Passphrase next);

    /** Completes if the passphrase opens this vault; fails with {@link VaultException.Kind#WRONG_PASSPHRASE} otherwise. */
    CompletionStage<Void> checkPassphrase(Passphrase passphrase);

    /**
     * Makes everything durable, checkpoints, wipes the keys and unlocks the files. What runs after a commit that becomes durable
     * on the way may still read, but not write; nothing is read once this has returned.
     */
    @Override
    void close();
}

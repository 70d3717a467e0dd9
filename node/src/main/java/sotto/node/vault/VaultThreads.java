package sotto.node.vault;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Where a vault's slow work runs, beside the thread that uses it.
 *
 * @param disk commits and checkpoints, one after another
 * @param stretching derivations from passphrases: they take half a second and must not hold up a commit
 * @param stop ends both
 */
record VaultThreads(Executor disk, Executor stretching, Runnable stop) {
    /** Two threads, the second of which lives while it is needed. */
    static VaultThreads started() {
        ExecutorService disk = Executors.newSingleThreadExecutor(task -> daemon(task, "sotto-vault-disk"));
        return new VaultThreads(
                disk, task -> daemon(task, "sotto-vault-passphrase").start(), disk::shutdown);
    }

    /** No threads: everything happens at once, where it is asked for. For one-threaded histories that a seed repeats. */
    static VaultThreads none() {
        return new VaultThreads(Runnable::run, Runnable::run, () -> {});
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}

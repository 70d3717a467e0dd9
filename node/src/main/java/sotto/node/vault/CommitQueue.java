package sotto.node.vault;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.runtime.EventLoop;

/**
 * What waits to become durable, and the one piece of disk work that is under way. A commit takes all that changed since the one
 * before; so transactions that come while the disk is busy share the next one. Confined to the vault's thread.
 */
final class CommitQueue {
    private static final System.Logger LOG = System.getLogger(CommitQueue.class.getName());

    private final EventLoop loop;
    private final Executor disk;
    private final Consumer<VaultException> onFailure;
    private final Committer committer;
    private final VaultMemory memory;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Deque<RootChange> rootChanges = new ArrayDeque<>();
    private Optional<DiskJob<?>> job = Optional.empty();
    private Optional<VaultException> failure = Optional.empty();
    private int freeFrames;
    private long submitted;
    private long durable;
    private boolean isPumpPosted;
    private EventLoop.Timer idle = () -> {};

    CommitQueue(VaultEnvironment environment, Committer committer, VaultMemory memory) {
        this.loop = environment.loop();
        this.disk = environment.threads().disk();
        this.onFailure = environment.onFailure();
        this.committer = committer;
        this.memory = memory;
        this.freeFrames = committer.freeFrames();
    }

    /** Makes all changes up to now durable, then runs {@code afterCommit}. */
    CompletionStage<Void> submit(List<Runnable> afterCommit) {
        Waiting transaction = new Waiting(afterCommit, new CompletableFuture<>());
        submitted++;
        waiting.add(transaction);
        postPump();
        return transaction.done;
    }

    /** Replaces the root once all changes up to now are durable. */
    CompletionStage<Void> rotateRoot() {
        return changeRoot(committer::rotate);
    }

    /** Replaces the locks and then the root, once all changes up to now are durable. */
    CompletionStage<Void> changeLocks(List<LockSlot> slots, SecretBytes unlockKey) {
        return changeRoot(plan -> committer.changeLocks(slots, unlockKey, plan));
    }

    private CompletionStage<Void> changeRoot(RootWork work) {
        RootChange change = new RootChange(submitted, work, new CompletableFuture<>());
        rootChanges.add(change);
        postPump();
        return change.done;
    }

    /** Why nothing is taken any more. */
    Optional<VaultException> failure() {
        return failure;
    }

    /** Closes the files because nothing goes on from here; nothing happens if it failed before. */
    void end() {
        if (failure.isEmpty()) {
            stop(new VaultException(VaultException.Kind.IO, "the vault is closed"));
        }
    }

    /** Drops all that is not under way, says why to whoever waits for it and to the opener, and closes the files. */
    void fail(VaultException reason) {
        if (failure.isEmpty()) {
            stop(reason);
            // In a turn of its own: whoever was reading or writing gets its exception before the opener closes
            // anything.
            loop.execute(() -> onFailure.accept(reason));
        }
    }

    private void stop(VaultException reason) {
        failure = Optional.of(reason);
        idle.cancel();
        waiting.forEach(transaction -> transaction.done.completeExceptionally(reason));
        waiting.clear();
        rootChanges.forEach(change -> change.done.completeExceptionally(reason));
        rootChanges.clear();
        job.ifPresentOrElse(running -> running.whenOver(this::closeFiles), this::closeFiles);
    }

    /** Waits until all that was asked for is done and everything is in its slots; then nothing is under way. */
    void drain() {
        pump();
        while (job.isPresent()) {
            job.get().take();
            pump();
        }
        if (failure.isEmpty() && memory.isUnsettled()) {
            checkpoint();
            job.ifPresent(DiskJob::take);
        }
    }

    private void closeFiles() {
        try {
            committer.close();
        } catch (IOException refused) {
            // The vault failed already and says so; nothing is lost by a file that does not close.
            return;
        }
    }

    /** Begins the next work once the tasks that wait on the loop have run: their transactions go along. */
    private void postPump() {
        if (!isPumpPosted && job.isEmpty()) {
            isPumpPosted = true;
            loop.execute(() -> {
                isPumpPosted = false;
                pump();
            });
        }
    }

    private void pump() {
        if (job.isPresent() || failure.isPresent()) {
            return;
        }
        idle.cancel();
        if (!rootChanges.isEmpty() && rootChanges.peek().after <= durable) {
            changeRoot(rootChanges.remove());
        } else if (!waiting.isEmpty()) {
            commitOrMakeRoom();
        } else if (memory.isUnsettled()) {
            idle = loop.schedule(VaultLimits.IDLE_BEFORE_CHECKPOINT, this::checkpointWhenIdle);
        }
    }

    private void commitOrMakeRoom() {
        guarded(() -> {
            if (memory.framesNeeded() > freeFrames && memory.isUnsettled()) {
                checkpoint();
            } else {
                commit();
            }
        });
    }

    private void commit() {
        List<Waiting> group = new ArrayList<>(waiting);
        waiting.clear();
        Map<Integer, byte[]> changes = memory.takeChanges();
        int length = memory.length();
        start(
                () -> {
                    if (!changes.isEmpty()) {
                        committer.commit(changes, length);
                    }
                    return committer.freeFrames();
                },
                free -> {
                    freeFrames = free;
                    durable += group.size();
                    group.forEach(Waiting::complete);
                },
                reason -> group.forEach(transaction -> transaction.done.completeExceptionally(reason)));
    }

    private void checkpoint() {
        guarded(() -> {
            CheckpointPlan plan = plan();
            start(() -> committer.checkpoint(plan), made -> settle(plan, made), reason -> {});
        });
    }

    private void checkpointWhenIdle() {
        if (job.isEmpty() && failure.isEmpty() && waiting.isEmpty()) {
            checkpoint();
        }
    }

    private void changeRoot(RootChange change) {
        guarded(() -> {
            CheckpointPlan plan = plan();
            start(
                    () -> change.work.run(plan),
                    made -> {
                        settle(plan, made);
                        change.done.complete(null);
                    },
                    change.done::completeExceptionally);
        });
    }

    private CheckpointPlan plan() {
        try {
            return memory.plan();
        } catch (VaultException damaged) {
            throw new UncheckedVaultException(damaged);
        } catch (IOException refused) {
            throw new UncheckedVaultException(VaultExceptions.io(refused));
        }
    }

    private void settle(CheckpointPlan plan, NewTables made) {
        memory.settle(plan, made);
        freeFrames = committer.freeFrames();
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (UncheckedVaultException broken) {
            fail(broken.reason());
        }
    }

    private <T> void start(DiskJob.Work<T> work, Consumer<T> onDone, Consumer<VaultException> onRefused) {
        DiskJob<T> started = new DiskJob<>(
                work,
                disk,
                done -> {
                    job = Optional.empty();
                    onDone.accept(done);
                    pump();
                },
                reason -> {
                    job = Optional.empty();
                    onRefused.accept(reason);
                    fail(reason);
                });
        job = Optional.of(started);
        started.whenOver(() -> loop.execute(started::take));
    }

    /** Work of the committer that ends with another root. */
    private interface RootWork {
        NewTables run(CheckpointPlan plan) throws IOException;
    }

    /** A transaction that ran and is not durable yet. */
    private record Waiting(List<Runnable> afterCommit, CompletableFuture<Void> done) {
        void complete() {
            afterCommit.forEach(Waiting::guarded);
            done.complete(null);
        }

        /** What one of them throws must not keep the others, or the commits after this one, from being told. */
        private static void guarded(Runnable action) {
            try {
                action.run();
            } catch (UncheckedVaultException damaged) {
                // The read that found it has failed the vault.
                return;
            } catch (RuntimeException bug) {
                LOG.log(System.Logger.Level.ERROR, "bug: what runs after a commit threw", bug);
            }
        }
    }

    /** A change of the root that waits until {@code after} transactions are durable. */
    private record RootChange(long after, RootWork work, CompletableFuture<Void> done) {}
}

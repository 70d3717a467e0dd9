package sotto.node.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.node.api.Passphrase;
import sotto.node.vault.Table;
import sotto.node.vault.Tables;
import sotto.node.vault.Transaction;
import sotto.node.vault.UncheckedVaultException;
import sotto.node.vault.Vault;
import sotto.node.vault.VaultException;
import sotto.node.vault.WritableTable;

/**
 * A vault in memory whose commits take a random while and reach the disk in groups: a crash loses what is under way, or does not.
 * It ends as a real one does, whatever ends it. Confined to the loop.
 */
final class SimVault implements Vault {
    private static final System.Logger LOG = System.getLogger(SimVault.class.getName());
    private static final int COMMIT_MILLIS_MAX = 60;

    private final SimDisk disk;
    private final Map<String, NavigableMap<Bytes, Bytes>> live;
    private final VirtualLoop loop;
    private final Consumer<VaultException> onFailure;
    private final List<Commit> waiting = new ArrayList<>();
    private Optional<Group> underWay = Optional.empty();
    private Optional<VaultException> failure = Optional.empty();
    private boolean isInTransaction;
    private boolean isClosing;
    private boolean isClosed;

    SimVault(
            SimDisk disk,
            Map<String, NavigableMap<Bytes, Bytes>> live,
            VirtualLoop loop,
            Consumer<VaultException> onFailure) {
        this.disk = disk;
        this.live = live;
        this.loop = loop;
        this.onFailure = onFailure;
        disk.opened();
    }

    @Override
    public <T> T read(Function<Tables, T> query) {
        checkOpen();
        return query.apply(SimTable::new);
    }

    @Override
    public CompletionStage<Void> write(Consumer<Transaction> work) {
        checkTakesWrites();
        if (isInTransaction) {
            throw new IllegalStateException("a transaction cannot begin inside another");
        }
        Commit commit = new Commit();
        isInTransaction = true;
        boolean isWhole = false;
        try {
            work.accept(commit);
            isWhole = true;
        } finally {
            isInTransaction = false;
            if (!isWhole) {
                fail(new VaultException(VaultException.Kind.IO, "a transaction broke off"));
            }
        }
        waiting.add(commit);
        // As in a real vault: the transactions of the tasks that wait on the loop go along.
        loop.execute(this::commitNext);
        return commit.durable;
    }

    private void commitNext() {
        if (underWay.isPresent() || waiting.isEmpty() || failure.isPresent() || disk.isHanging()) {
            return;
        }
        Group group = nextGroup();
        underWay = Optional.of(group);
        if (disk.isRefusing()) {
            loop.execute(this::refused);
            return;
        }
        int reaches = loop.random().nextInt(COMMIT_MILLIS_MAX);
        int reports = reaches + loop.random().nextInt(COMMIT_MILLIS_MAX);
        // Between the two the state is on disk and nobody knows yet: a crash there must do no harm either.
        loop.schedule(Duration.ofMillis(reaches), group::reach);
        loop.schedule(Duration.ofMillis(reports), () -> {
            group.report();
            commitNext();
        });
    }

    private Group nextGroup() {
        Map<String, NavigableMap<Bytes, Bytes>> snapshot = new HashMap<>();
        live.forEach((name, table) -> snapshot.put(name, new TreeMap<>(table)));
        Group group = new Group(List.copyOf(waiting), snapshot);
        waiting.clear();
        return group;
    }

    private void refused() {
        VaultException reason = new VaultException(VaultException.Kind.IO, "the disk refuses");
        underWay.ifPresent(group -> group.fail(reason));
        underWay = Optional.empty();
        fail(reason);
    }

    /** As in a real vault, what is under way goes on and all that waits is dropped. */
    private void fail(VaultException reason) {
        if (failure.isPresent()) {
            return;
        }
        failure = Optional.of(reason);
        List<Commit> dropped = List.copyOf(waiting);
        waiting.clear();
        dropped.forEach(commit -> commit.durable.completeExceptionally(reason));
        loop.execute(() -> onFailure.accept(reason));
    }

    private void checkTakesWrites() {
        if (isClosing) {
            throw new IllegalStateException("the vault is closing and takes no more writes");
        }
        checkOpen();
    }

    private void checkOpen() {
        if (isClosed) {
            throw new IllegalStateException("the vault is closed");
        }
        failure.ifPresent(reason -> {
            throw new UncheckedVaultException(reason);
        });
    }

    @Override
    public CompletionStage<Void> erase() {
        return write(transaction -> {}).thenRun(disk::erase);
    }

    @Override
    public CompletionStage<Void> changePassphrase(Passphrase current, Passphrase next) {
        return write(transaction -> {});
    }

    @Override
    public CompletionStage<Void> checkPassphrase(Passphrase passphrase) {
        checkOpen();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        if (isClosing) {
            return;
        }
        isClosing = true;
        drain();
        isClosed = true;
        disk.released();
    }

    /** Nobody waits for the time that a disk takes here: whoever closes is at the end of it. */
    private void drain() {
        while (underWay.isPresent() || !waiting.isEmpty()) {
            if (disk.isRefusing()) {
                underWay = underWay.or(() -> Optional.of(nextGroup()));
                refused();
                return;
            }
            Group group = underWay.orElseGet(this::nextGroup);
            group.reach();
            group.report();
        }
    }

    private NavigableMap<Bytes, Bytes> rows(String name) {
        return live.computeIfAbsent(name, unknown -> new TreeMap<>());
    }

    private final class Commit implements Transaction {
        private final CompletableFuture<Void> durable = new CompletableFuture<>();
        private final List<Runnable> actions = new ArrayList<>();

        @Override
        public WritableTable table(String name) {
            return new SimTable(name);
        }

        @Override
        public void afterCommit(Runnable action) {
            actions.add(action);
        }

        private void report() {
            for (Runnable action : actions) {
                try {
                    action.run();
                } catch (RuntimeException bug) {
                    LOG.log(System.Logger.Level.ERROR, "bug: what runs after a commit threw", bug);
                }
            }
            durable.complete(null);
        }
    }

    /** Commits that go to the disk together, each of the two steps once. */
    private final class Group {
        private final List<Commit> commits;
        private final Map<String, NavigableMap<Bytes, Bytes>> state;
        private boolean hasReached;
        private boolean isOver;

        Group(List<Commit> commits, Map<String, NavigableMap<Bytes, Bytes>> state) {
            this.commits = commits;
            this.state = state;
        }

        void reach() {
            if (!hasReached && !isOver) {
                hasReached = true;
                disk.keep(state);
            }
        }

        void report() {
            if (!isOver) {
                isOver = true;
                underWay = Optional.empty();
                commits.forEach(Commit::report);
            }
        }

        void fail(VaultException reason) {
            isOver = true;
            commits.forEach(commit -> commit.durable.completeExceptionally(reason));
        }
    }

    private final class SimTable implements WritableTable {
        private final NavigableMap<Bytes, Bytes> rows;

        SimTable(String name) {
            rows = rows(name);
        }

        @Override
        public Optional<Bytes> get(Bytes key) {
            return Optional.ofNullable(rows.get(key));
        }

        @Override
        public List<Table.Entry> ascending(Bytes from, Bytes to, int limit) {
            return entries(rows.subMap(from, to), limit);
        }

        @Override
        public List<Table.Entry> descending(Bytes from, Bytes to, int limit) {
            return entries(rows.subMap(from, true, to, false).descendingMap(), limit);
        }

        @Override
        public List<Table.Entry> withPrefix(Bytes prefix, int limit) {
            return rows.tailMap(prefix).entrySet().stream()
                    .takeWhile(entry -> entry.getKey().startsWith(prefix))
                    .limit(limit)
                    .map(entry -> new Table.Entry(entry.getKey(), entry.getValue()))
                    .toList();
        }

        @Override
        public void put(Bytes key, Bytes value) {
            rows.put(key, value);
        }

        @Override
        public void remove(Bytes key) {
            rows.remove(key);
        }

        private static List<Table.Entry> entries(Map<Bytes, Bytes> range, int limit) {
            return range.entrySet().stream()
                    .limit(limit)
                    .map(entry -> new Table.Entry(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }
}

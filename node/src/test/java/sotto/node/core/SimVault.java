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
import sotto.node.vault.Vault;
import sotto.node.vault.VaultException;
import sotto.node.vault.WritableTable;

/** A vault in memory whose commits take a random while and reach the disk in groups: a crash loses what is under way, or does not. */
final class SimVault implements Vault {
    private static final int COMMIT_MILLIS_MAX = 60;

    private final SimDisk disk;
    private final Map<String, NavigableMap<Bytes, Bytes>> live;
    private final VirtualLoop loop;
    private final List<Commit> waiting = new ArrayList<>();
    private boolean isCommitting;
    private boolean isBroken;
    private boolean isClosed;

    SimVault(SimDisk disk, Map<String, NavigableMap<Bytes, Bytes>> live, VirtualLoop loop) {
        this.disk = disk;
        this.live = live;
        this.loop = loop;
        disk.opened();
    }

    @Override
    public <T> T read(Function<Tables, T> query) {
        checkWhole();
        return query.apply(SimTable::new);
    }

    private void checkWhole() {
        if (isBroken) {
            throw new IllegalStateException("a transaction broke off, which closes a vault");
        }
    }

    @Override
    public CompletionStage<Void> write(Consumer<Transaction> work) {
        Commit commit = new Commit();
        checkWhole();
        isBroken = true;
        work.accept(commit);
        isBroken = false;
        waiting.add(commit);
        commitNext();
        return commit.durable;
    }

    private void commitNext() {
        if (isCommitting || waiting.isEmpty()) {
            return;
        }
        isCommitting = true;
        List<Commit> group = List.copyOf(waiting);
        waiting.clear();
        Map<String, NavigableMap<Bytes, Bytes>> snapshot = new HashMap<>();
        live.forEach((name, table) -> snapshot.put(name, new TreeMap<>(table)));
        if (disk.isRefusing()) {
            loop.execute(() -> group.forEach(Commit::fail));
            return;
        }
        int reaches = loop.random().nextInt(COMMIT_MILLIS_MAX);
        int reports = reaches + loop.random().nextInt(COMMIT_MILLIS_MAX);
        // Between the two the state is on disk and nobody knows yet: a crash there must do no harm either.
        loop.schedule(Duration.ofMillis(reaches), () -> disk.keep(snapshot));
        loop.schedule(Duration.ofMillis(reports), () -> {
            isCommitting = false;
            group.forEach(Commit::report);
            commitNext();
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
        return write(transaction -> {});
    }

    @Override
    public void close() {
        waiting.clear();
        if (!isClosed) {
            isClosed = true;
            disk.released();
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

        private void fail() {
            durable.completeExceptionally(new VaultException(VaultException.Kind.IO, "the disk refuses"));
        }

        private void report() {
            actions.forEach(Runnable::run);
            durable.complete(null);
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

package sotto.bench.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * The vault beside SQLite3MultipleCiphers and a bare fsync, in one run: the two take turns, so that both see the same machine.
 * Goals are those of {@code docs/benchmarks.md}.
 */
final class VaultBenchmark implements Benchmark {
    private static final int[] BATCHES = {1, 100, 1_000};
    private static final int PAGE_ROWS = 50;
    private static final int OPENINGS = 7;
    private static final int COLD_PER_OPENING = 40;
    private static final int WARM_PER_COLD = 5;

    @Override
    public String name() {
        return "vault";
    }

    @Override
    public String description() {
        return "the vault beside SQLite and a bare fsync (--messages 200000 --rounds 7); writes docs/benchmarks.md";
    }

    @Override
    public Outcome run(Map<String, String> options, PrintStream progress) throws Exception {
        int messages = Integer.parseInt(options.getOrDefault("messages", "200000"));
        int rounds = Integer.parseInt(options.getOrDefault("rounds", "7"));
        try (TemporaryFolder folder = TemporaryFolder.made("sotto-bench-vault")) {
            VaultFigures figures = new VaultFigures(messages, rounds);
            measure(figures, folder.path(), progress);
            String section = figures.section(Machine.describe() + ".");
            progress.println(section);
            MarkedPage.putBenchmark(name(), section);
            return new Outcome(true, figures.summary());
        }
    }

    private static void measure(VaultFigures figures, Path folder, PrintStream progress) throws Exception {
        Path rivalFolder = Files.createDirectories(folder.resolve("rival"));
        try (MessageStore ours = new SealedMessageStore(folder.resolve("home"));
                MessageStore theirs = new SqliteMessageStore(rivalFolder)) {
            progress.println("filling both with " + figures.messages() + " messages");
            TextSource source = new TextSource(1);
            for (int done = 0; done < figures.messages(); done += 1_000) {
                List<MessageStore.Text> texts = source.next(1_000);
                ours.commit(texts);
                theirs.commit(texts);
            }
            measureFsync(figures, folder);
            for (int batch : BATCHES) {
                progress.println("commits of " + batch);
                measureCommits(figures, new Stores(ours, theirs), source, batch);
            }
            progress.println("opening and reading");
            for (int opening = 0; opening < OPENINGS; opening++) {
                figures.opening(ours.reopen(), theirs.reopen());
                measurePages(figures, new Stores(ours, theirs), opening * COLD_PER_OPENING);
            }
            figures.sizes(ours.sizeBytes(), theirs.sizeBytes());
        }
    }

    private static void measureCommits(VaultFigures figures, Stores stores, TextSource source, int batch)
            throws Exception {
        int commits = batch == 1 ? 200 : batch == 100 ? 20 : 5;
        for (int round = 0; round <= figures.rounds(); round++) {
            long ours = 0;
            long theirs = 0;
            for (int commit = 0; commit < commits; commit++) {
                List<MessageStore.Text> texts = source.next(batch);
                ours += stores.ours().commit(texts);
                theirs += stores.theirs().commit(texts);
            }
            // The first round warms both up.
            if (round > 0) {
                figures.commits(batch, rate(commits * batch, ours), rate(commits * batch, theirs));
            }
        }
    }

    private static void measurePages(VaultFigures figures, Stores stores, int from) throws Exception {
        for (int conversation = from; conversation < from + COLD_PER_OPENING; conversation++) {
            for (int read = 0; read <= WARM_PER_COLD; read++) {
                String kind = read == 0 ? VaultFigures.COLD : VaultFigures.WARM;
                MessageStore.Page ours = stores.ours().newest(conversation, PAGE_ROWS);
                MessageStore.Page theirs = stores.theirs().newest(conversation, PAGE_ROWS);
                figures.page(kind, ours.nanos(), theirs.nanos());
                if (!ours.texts().equals(theirs.texts())) {
                    throw new AssertionError("the two do not hold the same");
                }
            }
        }
    }

    /** A 4 KiB write into a file of full size and its sync: what no durable commit can be faster than. */
    private static void measureFsync(VaultFigures figures, Path folder) throws IOException {
        int slots = 1_024;
        try (FileChannel file =
                FileChannel.open(folder.resolve("bare"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(slots * 4096), 0);
            file.force(true);
            for (int round = 0; round < figures.rounds(); round++) {
                long before = System.nanoTime();
                for (int write = 0; write < 200; write++) {
                    file.write(ByteBuffer.allocate(4096), (write % slots) * 4096L);
                    file.force(false);
                }
                figures.fsync(rate(200, System.nanoTime() - before));
            }
        }
    }

    private static double rate(int count, long nanos) {
        return count * 1e9 / nanos;
    }

    /** The two that take turns. */
    private record Stores(MessageStore ours, MessageStore theirs) {}
}

package sotto.bench.app;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import sotto.node.core.KillCampaign;

/** Kills two nodes that write to each other, and proves that nothing was lost or doubled. */
final class KillsBenchmark implements Benchmark {
    private static final String KILLS = "50";

    @Override
    public String name() {
        return "kills";
    }

    @Override
    public String description() {
        return "kill two nodes under traffic (--kills 50 --seed 1) and compare what each has";
    }

    @Override
    public Outcome run(Map<String, String> options, PrintStream progress) throws Exception {
        int kills = Integer.parseInt(options.getOrDefault("kills", KILLS));
        long seed = Long.parseLong(options.getOrDefault("seed", "1"));
        Path folder = Files.createTempDirectory("sotto-kills");
        try {
            progress.println("killing " + kills + " times in " + folder);
            KillCampaign.Report report = KillCampaign.run(folder, kills, seed);
            return new Outcome(report.killsInsideCommit() > 0, report.toString());
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException kept) {
                    throw new UncheckedIOException(kept);
                }
            });
        }
    }
}

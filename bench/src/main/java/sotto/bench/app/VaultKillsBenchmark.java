package sotto.bench.app;

import java.io.PrintStream;
import java.util.Map;
import sotto.node.vault.VaultKillCampaign;

/** Kills a process that writes to a vault, and proves that nothing was lost or doubled. */
final class VaultKillsBenchmark implements Benchmark {
    private static final String KILLS = "100";

    @Override
    public String name() {
        return "vault-kills";
    }

    @Override
    public String description() {
        return "kill a vault's writer (--kills 100 --seed 1) and look at what is left";
    }

    @Override
    public Outcome run(Map<String, String> options, PrintStream progress) throws Exception {
        int kills = Integer.parseInt(options.getOrDefault("kills", KILLS));
        long seed = Long.parseLong(options.getOrDefault("seed", "1"));
        try (TemporaryFolder folder = TemporaryFolder.made("sotto-vault-kills")) {
            progress.println("killing " + kills + " times in " + folder.path());
            VaultKillCampaign.Report report = VaultKillCampaign.run(folder.path(), kills, seed);
            return new Outcome(report.insideCommit() > 0, report.toString());
        }
    }
}

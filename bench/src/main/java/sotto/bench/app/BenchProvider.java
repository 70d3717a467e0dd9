package sotto.bench.app;

import java.util.List;
import sotto.node.cli.CommandProvider;
import sotto.node.cli.Program;

/** Adds {@code bench} and {@code sim} to the program where it runs from a checkout. */
public final class BenchProvider implements CommandProvider {
    @Override
    public List<Runnable> commands(Program program) {
        return List.of(
                new BenchCommand(
                        program,
                        List.of(
                                new KillsBenchmark(),
                                new VaultBenchmark(),
                                new VaultKillsBenchmark(),
                                new DhtBenchmark(),
                                new Libp2pBenchmark(),
                                new StartBenchmark(),
                                new BootstrapBenchmark(),
                                new FirstContactBenchmark())),
                new SimCommand(program));
    }
}

package sotto.bench.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.cli.Program;
import sotto.node.core.SimHistory;

@Command(
        name = "sim",
        description = "Play seeded histories of two nodes in a world that breaks (checkout only).",
        footer = {"", "Examples:", "  sotto sim --seeds 0..149", "  sotto sim --seeds 17..17"})
final class SimCommand implements Runnable {
    private final Program program;

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            required = true,
            description = "From which seed to which, inclusive.")
    private String seeds = "";

    SimCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        String[] bounds = seeds.split("\\.\\.", -1);
        long first = number(bounds[0]);
        long last = number(bounds[bounds.length - 1]);
        SimHistory.Report all = new SimHistory.Report();
        for (long seed = first; seed <= last; seed++) {
            try {
                all.add(SimHistory.play(seed));
            } catch (AssertionError broken) {
                program.output().note("seed " + seed + ": " + broken.getMessage());
                program.output().line("seeds " + seeds + ": failed at " + seed + " after " + all);
                throw new ApiException(new ApiError.Failed("seed " + seed + " breaks a promise"));
            }
        }
        program.output().line("seeds " + seeds + ": all promises kept; " + all);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException noNumber) {
            throw new ApiException(new ApiError.BadArgument("seeds are given as A..B"));
        }
    }
}

package sotto.bench.app;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.cli.Program;

@Command(
        name = "bench",
        description = "Measure, or run a long campaign (checkout only).",
        footer = {"", "Examples:", "  sotto bench vault", "  sotto bench kills --kills 50"})
final class BenchCommand implements Runnable {
    private final Program program;
    private final List<Benchmark> benchmarks;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which; without it, they are listed.")
    private String name = "";

    @Unmatched
    private String[] rest = {};

    BenchCommand(Program program, List<Benchmark> benchmarks) {
        this.program = program;
        this.benchmarks = benchmarks;
    }

    @Override
    public void run() {
        if (name.isEmpty()) {
            benchmarks.forEach(benchmark -> program.output().line(benchmark.name() + "  " + benchmark.description()));
            return;
        }
        Benchmark chosen = benchmarks.stream()
                .filter(benchmark -> benchmark.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ApiException(new ApiError.BadArgument("no benchmark is called " + name
                        + "; there are "
                        + benchmarks.stream().map(Benchmark::name).collect(Collectors.joining(", ")))));
        Benchmark.Outcome outcome = run(chosen);
        program.output().line(outcome.summary());
        if (!outcome.isGood()) {
            throw new ApiException(new ApiError.Failed(name + " did not come out as it should"));
        }
    }

    private Benchmark.Outcome run(Benchmark chosen) {
        try {
            return chosen.run(options(), new PrintStream(System.err, true, StandardCharsets.UTF_8));
        } catch (Exception failure) {
            throw new ApiException(new ApiError.Failed(name + " failed: " + failure));
        } catch (AssertionError broken) {
            throw new ApiException(new ApiError.Failed("a promise is broken: " + broken.getMessage()));
        }
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        for (int at = 0; at < rest.length; at += 2) {
            if (!rest[at].startsWith("--") || at + 1 == rest.length) {
                throw new ApiException(new ApiError.BadArgument("expected --key value, found " + rest[at]));
            }
            options.put(rest[at].substring(2), rest[at + 1]);
        }
        return options;
    }
}

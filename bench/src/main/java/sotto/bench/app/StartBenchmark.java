package sotto.bench.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long short commands take beside the shortest program there is for this JVM, by turns in one run. The goal is that of
 * {@code docs/benchmarks.md}; missing it is told in the table.
 */
final class StartBenchmark implements Benchmark {
    private static final Path LAUNCHER = Path.of("sotto");
    private static final double STATUS_RATIO_MAX = 3;
    private static final int RUNS_FOR_ARCHIVE_MAX = 300;
    private static final String HELLO = "java Hello";
    private static final String STATUS = "sotto status, from a running daemon";
    private static final String VERSION = "sotto version";

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String description() {
        return "short commands beside a bare java Hello (--runs 20); writes docs/benchmarks.md";
    }

    @Override
    public Outcome run(Map<String, String> options, PrintStream progress) throws Exception {
        int runs = Integer.parseInt(options.getOrDefault("runs", "20"));
        try (TemporaryFolder folder = TemporaryFolder.made("sotto-bench-start")) {
            Commands commands = new Commands(folder.path());
            commands.prepare();
            Process daemon = commands.daemon();
            try {
                progress.println("waiting for the archive of classes");
                commands.awaitArchive();
                Figures figures = new Figures();
                for (int run = 0; run < runs; run++) {
                    figures.add(HELLO, commands.millis(commands.hello()));
                    figures.add(STATUS, commands.millis(commands.sotto("status")));
                    figures.add(VERSION, commands.millis(commands.sotto("version")));
                }
                String section = section(figures, runs);
                MarkedPage.putBenchmark(name(), section);
                return new Outcome(true, section);
            } finally {
                daemon.destroy();
                daemon.waitFor();
            }
        }
    }

    private static String section(Figures figures, int runs) {
        double bare = figures.median(HELLO);
        double status = figures.median(STATUS) / bare;
        return "`./sotto bench start`: medians of " + runs + " runs each, in turns, " + Machine.describe() + ".\n\n"
                + "| | ms | spread | ratio | goal | |\n| --- | --- | --- | --- | --- | --- |\n"
                + row(figures, HELLO, "1.0 ×", "", "")
                + row(
                        figures,
                        STATUS,
                        ratio(status),
                        "≤ " + ratio(STATUS_RATIO_MAX),
                        status <= STATUS_RATIO_MAX ? "met" : "**missed**")
                + row(figures, VERSION, ratio(figures.median(VERSION) / bare), "", "");
    }

    private static String row(Figures figures, String what, String ratio, String goal, String verdict) {
        List<String> cells =
                List.of(what, Figures.rounded(figures.median(what)), figures.spread(what), ratio, goal, verdict);
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String ratio(double ratio) {
        return Figures.rounded(ratio) + " ×";
    }

    /** The programs that are measured, with a home and a cache of their own. */
    private record Commands(Path folder) {
        /** An account, and a program that does nothing but print. */
        void prepare() throws IOException, InterruptedException {
            Files.writeString(folder.resolve("passphrase"), "measured and forgotten\n");
            Path source = folder.resolve("Hello.java");
            Files.writeString(
                    source,
                    "class Hello { public static void main(String[] arguments) { System.out.println(\"hello\"); } }\n");
            millis(List.of(java("javac"), source.toString()));
            millis(sotto("init", "--name", "Alice"));
        }

        List<String> hello() {
            return List.of(java("java"), "-cp", folder.toString(), "Hello");
        }

        List<String> sotto(String... words) {
            List<String> command =
                    new ArrayList<>(List.of(LAUNCHER.toAbsolutePath().toString()));
            command.addAll(List.of(words));
            command.addAll(List.of("--home", folder.resolve("home").toString()));
            command.addAll(
                    List.of("--passphrase-file", folder.resolve("passphrase").toString()));
            return command;
        }

        /** Started, and ready when this returns. */
        Process daemon() throws IOException {
            Process daemon = builder(sotto("daemon", "--json", "--listen", "/ip4/127.0.0.1/tcp/0"))
                    .start();
            BufferedReader says = daemon.inputReader();
            if (says.readLine() == null) {
                throw new IOException("the daemon did not start");
            }
            return daemon;
        }

        /** The launcher makes it beside the first commands, and a user has it from then on. */
        void awaitArchive() throws IOException, InterruptedException {
            for (int run = 0; run < RUNS_FOR_ARCHIVE_MAX; run++) {
                if (isArchiveMade()) {
                    return;
                }
                millis(sotto("status"));
            }
            throw new IOException("the launcher makes no archive of classes");
        }

        private boolean isArchiveMade() throws IOException {
            Path cache = folder.resolve("cache").resolve("sotto");
            if (!Files.isDirectory(cache)) {
                return false;
            }
            try (Stream<Path> files = Files.list(cache)) {
                return files.anyMatch(file -> file.toString().endsWith(".facts"));
            }
        }

        double millis(List<String> command) throws IOException, InterruptedException {
            long before = System.nanoTime();
            int exit = builder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            double millis = (System.nanoTime() - before) / 1e6;
            if (exit != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + exit);
            }
            return millis;
        }

        private ProcessBuilder builder(List<String> command) {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
            return builder;
        }

        private static String java(String program) {
            return Path.of(System.getProperty("java.home"), "bin", program).toString();
        }
    }
}

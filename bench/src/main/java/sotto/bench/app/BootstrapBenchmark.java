package sotto.bench.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sotto.libp2p.runtime.MachineClock;

/**
 * A bootstrap node with 1 GiB of heap in one process, and the load of {@link DirectoryLoad} in another: how many peers it holds,
 * how fast it answers, and what becomes of it when it is asked more than it can.
 */
final class BootstrapBenchmark implements Benchmark {
    private static final String PEERS = "5000";
    private static final String SECONDS = "10";
    private static final String HEAP = "1g";

    @Override
    public String name() {
        return "bootstrap";
    }

    @Override
    public String description() {
        return "a bootstrap node under load (--peers 5000 --seconds 10 per figure); writes docs/benchmarks.md";
    }

    @Override
    public Outcome run(Map<String, String> options, PrintStream progress) throws Exception {
        String peers = options.getOrDefault("peers", PEERS);
        String seconds = options.getOrDefault("seconds", SECONDS);
        try (TemporaryFolder folder = TemporaryFolder.made("sotto-bench-bootstrap")) {
            Map<String, Double> figures = measure(folder.path(), peers, seconds, progress);
            BootstrapTable table = new BootstrapTable(figures, Integer.parseInt(peers));
            String section = table.markdown(seconds);
            progress.println(section);
            MarkedPage.putBenchmark(name(), section);
            return new Outcome(table.isGood(), table.summary());
        }
    }

    private static Map<String, Double> measure(Path folder, String peers, String seconds, PrintStream progress)
            throws IOException, InterruptedException {
        Map<String, Double> figures = new HashMap<>();
        Path log = folder.resolve("log");
        Process node = start(
                log,
                List.of("-Xmx" + HEAP),
                List.of(
                        "sotto.node.cli.Main",
                        "bootstrap",
                        "--home=" + folder.resolve("home"),
                        "--listen=/ip4/127.0.0.1/tcp/0",
                        "--metrics-port=0"));
        try (BufferedReader said = node.inputReader()) {
            String address = said.readLine();
            if (address == null) {
                throw new IOException("the node did not start: " + Files.readString(log));
            }
            progress.println("a network around " + address + ", then " + peers + " peers");
            Process load = start(
                    folder.resolve("load-log"),
                    List.of("-Xmx3g"),
                    List.of(DirectoryLoad.class.getName(), address, peers, seconds));
            try (BufferedReader figuresSaid = load.inputReader();
                    OutputStream input = load.getOutputStream()) {
                for (String line = figuresSaid.readLine(); line != null; line = figuresSaid.readLine()) {
                    progress.println(line);
                    if (line.equals("held")) {
                        addMetrics("held", metricsPort(log), figures);
                        figures.put("resident-mebibytes", residentMebibytes(node.pid()));
                        input.write('\n');
                        input.flush();
                    } else {
                        String[] words = line.split(" ", -1);
                        figures.put(words[0], Double.parseDouble(words[1]));
                    }
                }
                if (load.waitFor() != 0) {
                    throw new IOException("the load failed: " + Files.readString(folder.resolve("load-log")));
                }
            } finally {
                load.destroy();
            }
            addMetrics("end", metricsPort(log), figures);
        } finally {
            Duration asked = MachineClock.uptime();
            node.destroy();
            figures.put("exit-code", (double) node.waitFor());
            figures.put("stop-seconds", MachineClock.uptime().minus(asked).toMillis() / 1e3);
        }
        return figures;
    }

    private static Process start(Path log, List<String> flags, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(log.toFile()).start();
    }

    private static int metricsPort(Path log) throws IOException {
        Matcher port = Pattern.compile("loopback, port (\\d+)").matcher(Files.readString(log));
        if (!port.find()) {
            throw new IOException("the node tells no metrics");
        }
        return Integer.parseInt(port.group(1));
    }

    /** What the node says of itself: each line of its metrics, and the heap that is used. */
    private static void addMetrics(String when, int port, Map<String, Double> figures)
            throws IOException, InterruptedException {
        String metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        double heap = 0;
        for (String line : metrics.lines().filter(each -> !each.startsWith("#")).toList()) {
            int space = line.lastIndexOf(' ');
            double value = Double.parseDouble(line.substring(space + 1));
            figures.put(when + " " + line.substring(0, space), value);
            if (line.startsWith("jvm_memory_used_bytes{area=\"heap\"")) {
                heap += value;
            }
        }
        figures.put(when + " heap-mebibytes", heap / (1 << 20));
    }

    private static double residentMebibytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }
}

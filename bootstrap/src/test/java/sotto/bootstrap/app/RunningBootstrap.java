package sotto.bootstrap.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bootstrap node in a process of its own, started as the launcher does it. */
final class RunningBootstrap implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader stdout;
    private final Path stderr;

    private RunningBootstrap(Process process, Path stderr) {
        this.process = process;
        this.stdout = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.stderr = stderr;
    }

    /** Runs {@code sotto bootstrap} with {@code arguments}. */
    static RunningBootstrap start(Path stderr, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "sotto.node.cli.Main",
                "bootstrap"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("SOTTO_"));
        builder.redirectError(stderr.toFile());
        return new RunningBootstrap(builder.start(), stderr);
    }

    /** The lines of stdout up to the one that tells that it is ready, that one included. */
    List<String> untilReady() throws IOException {
        List<String> lines = new ArrayList<>();
        String line = "";
        while (!line.contains("ready")) {
            line = stdout.readLine();
            if (line == null) {
                throw new AssertionError("it ended before it was ready: " + errors());
            }
            lines.add(line);
        }
        return lines;
    }

    /** What the process ends with, of itself. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end");
        }
        return process.exitValue();
    }

    /** SIGTERM; returns what the process ends with. */
    int terminate() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        exitCode();
    }

    String errors() throws IOException {
        return Files.readString(stderr);
    }

    /** As the log tells it. */
    int metricsPort() throws IOException {
        Matcher port = Pattern.compile("loopback, port (\\d+)").matcher(errors());
        if (!port.find()) {
            throw new AssertionError("no port in: " + errors());
        }
        return Integer.parseInt(port.group(1));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

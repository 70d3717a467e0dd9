package sotto.bench.network;

import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command line of this repository, run in processes of its own.
 *
 * @param place where they stand in the network
 * @param folder keeps what they say on stderr
 */
public record Program(Place place, Path folder) {
    /** Longer than anything takes on a slow machine; who waits for it has failed. */
    private static final int PATIENCE_SECONDS = 180;

    /** Runs a command to its end, which must be a good one; returns what it printed. */
    public String run(String... words) throws IOException, InterruptedException {
        Process process = start(words);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw failed(words, printed);
        }
        return printed;
    }

    /** A bootstrap node with a home in {@code folder}, which is made. */
    public static Service bootstrap(Path folder, Place place) throws IOException {
        return new Program(place, Files.createDirectory(folder))
                .serve("bootstrap", "--json", "--home", folder.resolve("home").toString(), "--listen", place.listen());
    }

    /** Starts what serves until it is stopped; returns once it is ready. */
    public Service serve(String... words) throws IOException {
        Process process = start(words);
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (line == null) {
            throw failed(words, "nothing");
        }
        String address = JsonParser.parseString(line)
                .getAsJsonObject()
                .getAsJsonArray("listen")
                .get(0)
                .getAsString();
        return new Service(process, address);
    }

    private Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(place.entry());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "sotto.node.cli.Main"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectError(Redirect.appendTo(errors().toFile()))
                .start();
    }

    private AssertionError failed(String[] words, String printed) throws IOException {
        String said = Files.exists(errors()) ? Files.readString(errors()).strip() : "";
        return new AssertionError(List.of(words) + " printed " + printed + " and said " + said);
    }

    private Path errors() {
        return folder.resolve("stderr");
    }

    /**
     * A program that serves.
     *
     * @param address the full address at which others reach it
     */
    public record Service(Process process, String address) implements AutoCloseable {
        /** Ends it as an operator does, and waits for that. */
        public void stop() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("it did not end well");
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}

package sotto.bench.launch;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/** A folder with the launcher in it and what it builds, made of this test's own class path, and an account's home beside. */
record TrialCheckout(Path folder) {
    private static final Path LAUNCHER = Path.of("../sotto");
    private static final List<String> MODULES = List.of("libp2p", "node", "tui");
    private static final int PATIENCE_SECONDS = 60;

    /** What a command left behind. */
    record Outcome(int exitCode, String stdout, String stderr) {}

    /** One that is built already. */
    static TrialCheckout built(Path folder) throws IOException {
        TrialCheckout checkout = unbuilt(folder);
        Path dist = Files.createDirectories(checkout.dist());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isRegularFile(path)) {
                Files.copy(path, dist.resolve(path.getFileName()));
            } else if (entry.endsWith("target/classes")) {
                pack(path, dist);
            }
        }
        Files.writeString(dist.resolve("id"), "0 0\n");
        Files.writeString(dist.resolve("stamp"), "");
        Files.writeString(dist.resolveSibling("newest"), "built-1\n");
        return checkout;
    }

    static TrialCheckout unbuilt(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.copy(LAUNCHER, folder.resolve("sotto"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(folder.resolve("pom.xml"), "");
        Files.writeString(folder.resolve("secret.txt"), "correct horse battery staple\n");
        return new TrialCheckout(folder);
    }

    Path launcher() {
        return folder.resolve("sotto");
    }

    Path home() {
        return folder.resolve("home");
    }

    Path dist() {
        return folder.resolve("tui/target/quick/built-1");
    }

    /** The launcher with these words; nothing is kept between runs, and no archive of classes is made. */
    ProcessBuilder sotto(String... words) {
        return command(launcher(), words);
    }

    ProcessBuilder command(Path program, String... words) {
        ProcessBuilder builder = new ProcessBuilder(program.toString());
        builder.command().addAll(List.of(words));
        builder.environment().put("XDG_CACHE_HOME", "/dev/null");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.redirectInput(new File("/dev/null"));
    }

    /** The flags that lead to the account of this checkout. */
    String[] onHome(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(
                "--home",
                home().toString(),
                "--passphrase-file",
                folder.resolve("secret.txt").toString()));
        return all.toArray(String[]::new);
    }

    /** Runs a command to its end. */
    Outcome run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(builder.command() + " does not end");
        }
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** A daemon that is ready. */
    Process daemon() throws IOException {
        Process daemon = sotto(onHome("daemon", "--json", "--listen", "/ip4/127.0.0.1/tcp/0"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String ready = daemon.inputReader(StandardCharsets.UTF_8).readLine();
        if (ready == null || !ready.startsWith("{\"event\":\"ready\"")) {
            daemon.destroyForcibly();
            throw new AssertionError("the daemon says " + ready);
        }
        return daemon;
    }

    private static void pack(Path classes, Path dist) {
        String module = classes.getName(classes.getNameCount() - 3).toString();
        if (MODULES.contains(module)) {
            ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
            PrintStream said = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            String target = dist.resolve(module + "-trial.jar").toString();
            if (jar.run(said, said, "--create", "--no-compress", "--file", target, "-C", classes.toString(), ".")
                    != 0) {
                throw new AssertionError("cannot pack " + classes);
            }
        }
    }
}

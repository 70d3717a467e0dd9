package sotto.node.cli;

import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sotto.libp2p.runtime.Entropy;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Messenger;
import sotto.node.rpc.RemoteMessenger;

/** A person in the demo: an account in a home of its own, and a daemon on loopback in a process of its own. */
final class DemoNode implements AutoCloseable {
    private static final int END_SECONDS = 10;
    private static final int PASSPHRASE_DIGITS = 32;

    private final String name;
    private final Path folder;
    private Optional<Process> daemon = Optional.empty();
    private Optional<Messenger> messenger = Optional.empty();

    /** {@code folder} is made; it holds the home, a random passphrase and what the processes say on stderr. */
    DemoNode(String name, Path folder) throws IOException {
        this.name = name;
        this.folder = Files.createDirectory(folder);
        StringBuilder passphrase = new StringBuilder();
        Entropy.secure().ints(PASSPHRASE_DIGITS, 0, 10).forEach(passphrase::append);
        Files.writeString(passphraseFile(), passphrase);
    }

    String name() {
        return name;
    }

    Path home() {
        return folder.resolve("home");
    }

    Messenger messenger() {
        return messenger.orElseThrow();
    }

    long processId() {
        return daemon.orElseThrow().pid();
    }

    /** Begins to make the account; {@link #startDaemon} waits for it. */
    Process beginInit() throws IOException {
        return launch("init", "--name", name);
    }

    /** Starts the daemon and attaches to it; returns the address that it listens on. */
    String startDaemon(Process init) throws IOException, InterruptedException {
        if (init.waitFor() != 0) {
            throw failed("could not make an account");
        }
        Process process = launch("daemon", "--json", "--listen", "/ip4/127.0.0.1/tcp/0");
        daemon = Optional.of(process);
        String ready =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (ready == null) {
            throw failed("did not start");
        }
        messenger = RemoteMessenger.connect(home());
        if (messenger.isEmpty()) {
            throw failed("cannot be reached");
        }
        return JsonParser.parseString(ready)
                .getAsJsonObject()
                .getAsJsonArray("listen")
                .get(0)
                .getAsString();
    }

    /** Ends the daemon by SIGTERM; true if it ended cleanly and in time. */
    boolean stop() throws InterruptedException {
        messenger.ifPresent(Messenger::close);
        Process process = daemon.orElseThrow();
        process.destroy();
        return process.waitFor(END_SECONDS, TimeUnit.SECONDS) && process.exitValue() == ExitCode.DONE.number();
    }

    @Override
    public void close() {
        daemon.filter(Process::isAlive).ifPresent(Process::destroyForcibly);
    }

    /** This program once more, by the same Java with the same flags. */
    private Process launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "--home",
                home().toString(),
                "--passphrase-file",
                passphraseFile().toString()));
        return new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors().toFile()))
                .start();
    }

    private ApiException failed(String what) throws IOException {
        String said = Files.exists(errors()) ? Files.readString(errors()).strip() : "";
        return new ApiException(new ApiError.Failed(name + "'s node " + what + (said.isEmpty() ? "" : ": " + said)));
    }

    private Path passphraseFile() {
        return folder.resolve("passphrase");
    }

    private Path errors() {
        return folder.resolve("stderr");
    }
}

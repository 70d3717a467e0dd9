package sotto.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;

/**
 * Does in a temporary home what people do most: the launcher runs it once, so that the JVM can write down the classes it loaded and
 * load them faster from then on. Prints the class that this JDK makes channels with, which the launcher tells it from then on: to
 * ask whether there is another one, the JDK would look through all jars.
 */
@Command(name = "warm-up", hidden = true, description = "Load what is needed at start.")
final class WarmUpCommand implements Runnable {
    private final Program program;

    WarmUpCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        try (TemporaryFolder folder = new TemporaryFolder()) {
            Path passphrase = folder.path().resolve("passphrase");
            Files.writeString(passphrase, "of nobody\n");
            List<String> common = List.of(
                    "--home", folder.path().resolve("home").toString(),
                    "--passphrase-file", passphrase.toString(),
                    "--listen", "/ip4/127.0.0.1/tcp/0");
            run(common, new Sink(), new CompletableFuture<>(), "init", "--name=Nobody");
            Sink daemon = new Sink();
            CompletableFuture<Void> stop = new CompletableFuture<>();
            CompletableFuture<Void> end = CompletableFuture.runAsync(() -> run(common, daemon, stop, "daemon"));
            CompletableFuture.anyOf(daemon.spoken, end).join();
            run(common, new Sink(), stop, "status");
            run(common, new Sink(), stop, "status", "--json");
            run(common, new Sink(), stop, "contact", "list");
            run(common, new Sink(), stop, "invite", "--json");
            run(common, new Sink(), stop, "events");
            stop.complete(null);
            end.join();
            ServiceLoader.load(CommandProvider.class).forEach(CommandProvider::warmUp);
            program.output().line(SelectorProvider.provider().getClass().getName());
        } catch (IOException disk) {
            throw new ApiException(new ApiError.Failed("cannot use a temporary folder: " + disk.getMessage()));
        }
    }

    private void run(List<String> common, Sink sink, CompletableFuture<Void> stop, String... words) {
        PrintStream out = new PrintStream(sink, true, StandardCharsets.UTF_8);
        Environment around = program.environment();
        Environment quiet = new Environment(
                around.variables(),
                InputStream.nullInputStream(),
                out,
                out,
                false,
                around.prompt(),
                around.starter(),
                around.loops(),
                around.vaultPatience(),
                () -> stop);
        String[] all = Stream.concat(List.of(words).stream(), common.stream()).toArray(String[]::new);
        int exitCode = Start.run(quiet, all);
        if (exitCode != ExitCode.DONE.number()) {
            // An archive made from this would lack most of what it is made for.
            throw new ApiException(new ApiError.Failed(String.join(" ", words) + " ended with " + exitCode));
        }
    }

    /** Swallows what is printed, and tells that there was something. */
    private static final class Sink extends OutputStream {
        private final CompletableFuture<Void> spoken = new CompletableFuture<>();

        @Override
        public void write(int octet) {
            spoken.complete(null);
        }
    }
}

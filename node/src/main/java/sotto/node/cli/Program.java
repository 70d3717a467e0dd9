package sotto.node.cli;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;

/** One run of the program, as its commands see it: flags, output, and the ways to passphrases and to a messenger. */
public final class Program {
    private final Environment environment;
    private final CommonFlags flags;
    private final Output output;
    private final Passphrases passphrases;
    private final Nodes nodes;

    Program(Environment environment) {
        this.environment = environment;
        this.flags = new CommonFlags(environment.variables());
        this.output = new Output(environment.out(), environment.err());
        this.passphrases = new Passphrases(environment, flags, output);
        this.nodes = new Nodes(environment, flags, passphrases, output);
    }

    public CommonFlags flags() {
        return flags;
    }

    public Output output() {
        return output;
    }

    public Passphrases passphrases() {
        return passphrases;
    }

    public Nodes nodes() {
        return nodes;
    }

    /** Environment variables. */
    public Map<String, String> variables() {
        return environment.variables();
    }

    /** How long a home that another process uses is waited for. */
    public Duration patience() {
        return environment.vaultPatience();
    }

    /** For a command that runs until it is told to end: completes when the process is asked to. To be called once. */
    public CompletableFuture<Void> untilStopped() {
        return environment.stop().get();
    }

    /** Says that this process now serves at {@code addresses}: each on its own line, then {@code ready}; or one line of JSON. */
    public void announceReady(List<String> addresses) {
        if (flags.isJson()) {
            JsonObject ready = new JsonObject();
            ready.addProperty("event", "ready");
            ready.add("listen", JsonViews.array(addresses));
            output.json(ready);
        } else {
            addresses.forEach(output::line);
            output.line("ready");
        }
        if (environment.isInteractive()) {
            output.note("Ctrl+C stops it");
        }
    }

    /** What a person types when asked something: one line of stdin, without blanks around it; empty at its end. */
    String answer() {
        Scanner typed = new Scanner(environment.in(), StandardCharsets.UTF_8);
        return typed.hasNextLine() ? typed.nextLine().strip() : "";
    }

    /**
     * What to type for a command on the same home, by the name that this program was called by.
     *
     * @param words the command as a shell takes it; empty for the UI
     */
    public String command(String words) {
        return invocation().command(words);
    }

    Invocation invocation() {
        return Invocation.of(environment.variables(), flags);
    }

    Environment environment() {
        return environment;
    }
}

package sotto.bench.network;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sotto.node.api.Messenger;
import sotto.node.rpc.RemoteMessenger;

/** Somebody with an account in a home of their own, and a daemon that runs between {@link #arrive} and {@link #leave}. */
public final class Person implements AutoCloseable {
    private final String name;
    private final Program program;
    private final Path home;
    private final List<String> account;
    private Optional<Program.Service> daemon = Optional.empty();

    /** Somebody without an account; {@code folder} is made. */
    public Person(String name, Path folder, Place place) throws IOException {
        this.name = name;
        this.program = new Program(place, Files.createDirectory(folder));
        this.home = folder.resolve("home");
        Path passphrase = Files.writeString(folder.resolve("passphrase"), "four random words here\n");
        this.account = List.of("--home", home.toString(), "--passphrase-file", passphrase.toString());
    }

    /** Makes the account. */
    public void init() throws IOException, InterruptedException {
        run("init", "--name", name);
    }

    public String name() {
        return name;
    }

    /** Starts the daemon, on a port and with a host key that it never had; it knows nobody but the bootstrap nodes named. */
    public void arrive(String... bootstraps) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("daemon", "--json", "--listen", program.place().listen()));
        for (String bootstrap : bootstraps) {
            words.addAll(List.of("--bootstrap", bootstrap));
        }
        daemon = Optional.of(program.serve(withAccount(words)));
    }

    public void leave() throws InterruptedException {
        daemon.orElseThrow().stop();
    }

    /** Talks to the daemon. */
    public Messenger attach() throws IOException {
        return RemoteMessenger.connect(home).orElseThrow();
    }

    /** A code without hints. */
    public String invite() throws IOException, InterruptedException {
        return run("invite", "--no-hints");
    }

    /** Returns when they are contacts. */
    public void add(String code) throws IOException, InterruptedException {
        run("contact", "add", code);
    }

    /** Returns when the text is in the other's vault. */
    public void tell(Person other, String text) throws IOException, InterruptedException {
        run("send", other.name(), text, "--wait", "delivered", "--timeout", "150");
    }

    /** What {@code other} wrote, oldest first. */
    public List<String> heardFrom(Person other) throws IOException, InterruptedException {
        return run("history", other.name(), "--json")
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .filter(message -> message.get("from").getAsString().equals(other.name()))
                .map(Person::text)
                .toList();
    }

    private static String text(JsonObject message) {
        return message.get("text").getAsString();
    }

    private String run(String... words) throws IOException, InterruptedException {
        return program.run(withAccount(List.of(words)));
    }

    private String[] withAccount(List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.addAll(account);
        return all.toArray(String[]::new);
    }

    @Override
    public void close() {
        daemon.ifPresent(Program.Service::close);
    }
}

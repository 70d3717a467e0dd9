package sotto.node.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.ContactPath;

@Command(
        name = "demo",
        sortOptions = false,
        description =
                "Show two nodes, in two processes on loopback, becoming contacts and writing to each other; then look for"
                        + " what they wrote in all of their files. The last line is JSON, and the exit code is 0 only if all went well.",
        footer = {"", "Examples:", "  sotto demo", "  sotto demo --json"})
final class DemoCommand implements Runnable {
    private static final int LINES_SHOWN = 6;

    private final Program program;
    private int linesSaid;

    DemoCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        JsonObject result;
        try {
            result = play();
        } catch (RuntimeException brokenOff) {
            program.output().json(failure(brokenOff));
            throw brokenOff;
        }
        program.output().json(result);
        if (!result.get("ok").getAsBoolean()) {
            throw new ApiException(new ApiError.Failed("not all went as it should"));
        }
    }

    private static JsonObject failure(RuntimeException brokenOff) {
        JsonObject json = new JsonObject();
        json.addProperty("ok", false);
        json.addProperty("reason", String.valueOf(brokenOff.getMessage()));
        return json;
    }

    private JsonObject play() {
        try (TemporaryFolder folder = new TemporaryFolder();
                DemoNode alice = new DemoNode("Alice", folder.path().resolve("alice"));
                DemoNode bob = new DemoNode("Bob", folder.path().resolve("bob"));
                EventLoop loop = program.environment().loops().get()) {
            Thread cleaning = new Thread(() -> clean(folder, alice, bob), "sotto-demo-end");
            Runtime.getRuntime().addShutdownHook(cleaning);
            return show(alice, bob, loop, folder.path());
        } catch (IOException disk) {
            throw new ApiException(new ApiError.Failed("the demo cannot run: " + disk.getMessage()));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("nobody interrupts a command", interrupted);
        }
    }

    private JsonObject show(DemoNode alice, DemoNode bob, EventLoop loop, Path folder)
            throws IOException, InterruptedException {
        tell("Two people, each with an account, a vault and a node of their own.");
        Process alicesInit = alice.beginInit();
        Process bobsInit = bob.beginInit();
        start(alice, alicesInit);
        start(bob, bobsInit);
        DemoChat chat = new DemoChat(alice, bob, loop);
        tell("Alice gives Bob this code: " + chat.becomeContacts().code());
        tell("Bob used it. Now they are contacts, and write:");
        chat.talk(this::said);
        tell("  ... and so on.");
        int aliceToBob = chat.arrived(0);
        int bobToAlice = chat.arrived(1);
        ContactPath path = chat.path();
        tell("Delivered exactly once and in order: " + aliceToBob + " from Alice, " + bobToAlice + " from Bob; path: "
                + path.word() + ".");
        tell("From sending to the acknowledgement of the receiver's vault: " + chat.latencyMillis(50) + " ms (p50), "
                + chat.latencyMillis(99) + " ms (p99).");
        boolean isAllThere = aliceToBob == chat.texts(0).size()
                && bobToAlice == chat.texts(1).size();
        boolean isStoppedCleanly = alice.stop();
        isStoppedCleanly &= bob.stop();
        boolean isPlaintextFound = look(chat, folder, List.of(alice.home(), bob.home()));

        JsonObject result = new JsonObject();
        result.addProperty("ok", isAllThere && isStoppedCleanly && path == ContactPath.DIRECT && !isPlaintextFound);
        result.add("delivered", pair("aliceToBob", aliceToBob, "bobToAlice", bobToAlice));
        result.add("latencyMs", pair("p50", chat.latencyMillis(50), "p99", chat.latencyMillis(99)));
        result.addProperty("path", path.word());
        result.addProperty("plaintextFound", isPlaintextFound);
        return result;
    }

    private static JsonObject pair(String first, Number one, String second, Number other) {
        JsonObject json = new JsonObject();
        json.addProperty(first, one);
        json.addProperty(second, other);
        return json;
    }

    private void start(DemoNode node, Process init) throws IOException, InterruptedException {
        String address = node.startDaemon(init);
        tell(node.name() + "'s node is process " + node.processId() + " and listens on " + address);
    }

    private void said(String who, String text, Duration latency) {
        if (linesSaid++ < LINES_SHOWN) {
            tell("  " + who + ": " + text + "  [delivered, " + latency.toMillis() + " ms]");
        }
    }

    /** First proves that the search finds what is there; whether it found anything in the homes. */
    private boolean look(DemoChat chat, Path folder, List<Path> homes) throws IOException {
        List<String> texts = new ArrayList<>(chat.texts(0));
        texts.addAll(chat.texts(1));
        PlaintextScan scan = new PlaintextScan(texts);
        for (Charset encoding : PlaintextScan.ENCODINGS) {
            Path planted = Files.createDirectory(folder.resolve("planted-" + encoding));
            Files.writeString(planted.resolve("copy"), String.join("\n", texts), encoding);
            if (!scan.below(planted).equals(Set.copyOf(texts))) {
                throw new ApiException(new ApiError.Failed("the search misses texts that are there in " + encoding));
            }
        }
        Set<String> found = new HashSet<>();
        for (Path home : homes) {
            found.addAll(scan.below(home));
        }
        tell("Searched every file of both homes for all " + texts.size()
                + " texts, in UTF-8 and UTF-16 (and found all of them in a copy planted beside): "
                + (found.isEmpty() ? "none is there." : found.size() + " ARE THERE."));
        return !found.isEmpty();
    }

    /** With {@code --json} only the result is one; the story goes to stderr then. */
    private void tell(String line) {
        if (program.flags().isJson()) {
            program.output().note(line);
        } else {
            program.output().line(line);
        }
    }

    /** When the program is interrupted: nothing stays behind. */
    private static void clean(TemporaryFolder folder, DemoNode... nodes) {
        for (DemoNode node : nodes) {
            node.close();
        }
        try {
            folder.close();
        } catch (IOException kept) {
            // The temporary directory is cleaned by the system one day.
        }
    }
}

package sotto.bench.interop;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * js-libp2p in a process of its own, told what to do by lines of JSON ({@code bench/js/lines.mjs}). It ends when it is
 * closed, and when this process ends, because its standard input does. Thread-safe.
 */
final class JsPeer implements AutoCloseable {
    /** Longer than anything takes on a slow machine; who waits for it has failed. */
    private static final int PATIENCE_SECONDS = 180;

    private final Gson gson = new Gson();
    private final Process process;
    // Writes each line whole, whoever calls.
    private final PrintWriter commands;
    private final AtomicLong nextId = new AtomicLong(1);
    private final Map<Long, CompletableFuture<JsonObject>> underWay = new ConcurrentHashMap<>();

    private JsPeer(Process process) {
        this.process = process;
        this.commands = new PrintWriter(process.outputWriter());
    }

    /** Starts the process; its host is to be started by a command. */
    static JsPeer start() throws IOException {
        return start("peer.mjs");
    }

    /** Starts a process that takes the commands of {@code script} in {@code bench/js}. */
    static JsPeer start(String script) throws IOException {
        Path folder = JsPackages.installed();
        ProcessBuilder builder =
                new ProcessBuilder(JsPackages.node().toString(), "--expose-gc", script).directory(folder.toFile());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        JsPeer peer = new JsPeer(builder.start());
        Thread reader = new Thread(peer::readAnswers, "js-peer-answers");
        reader.setDaemon(true);
        reader.start();
        return peer;
    }

    /** Runs a command and waits for its outcome. */
    JsonObject call(String command, Map<String, ?> options) {
        return send(command, options)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    JsonObject call(String command) {
        return call(command, Map.of());
    }

    /** Runs a command; fails with what it threw over there. */
    CompletableFuture<JsonObject> send(String command, Map<String, ?> options) {
        long id = nextId.getAndIncrement();
        JsonObject line = gson.toJsonTree(options).getAsJsonObject();
        line.addProperty("id", id);
        line.addProperty("command", command);
        CompletableFuture<JsonObject> outcome = new CompletableFuture<>();
        underWay.put(id, outcome);
        write(line + "\n");
        return outcome;
    }

    private void write(String line) {
        commands.print(line);
        if (commands.checkError()) {
            throw new IllegalStateException("the js peer has ended");
        }
    }

    private void readAnswers() {
        try (BufferedReader answers = process.inputReader()) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                complete(JsonParser.parseString(line).getAsJsonObject());
            }
        } catch (IOException ended) {
            // What is under way fails below.
        }
        underWay.values().forEach(outcome -> outcome.completeExceptionally(new IOException("the js peer has ended")));
    }

    private void complete(JsonObject answer) {
        CompletableFuture<JsonObject> outcome = underWay.remove(answer.get("id").getAsLong());
        JsonElement error = answer.get("error");
        if (outcome == null) {
            throw new AssertionError("an answer to no command: " + answer);
        }
        if (error == null) {
            outcome.complete(answer.getAsJsonObject("ok"));
        } else {
            outcome.completeExceptionally(new AssertionError("js-libp2p: " + error.getAsString()));
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}

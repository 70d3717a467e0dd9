package sotto.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import sotto.libp2p.runtime.EventLoopThread;
import sotto.node.core.Node;

/**
 * Plays a text file that shows what somebody types and what is answered, against the program with real nodes, in this process.
 *
 * <pre>
 * # a comment
 * file secret.txt: correct horse       makes a file in the script's folder
 * $ sotto status --home alice          runs a command; FOLDER stands for the script's folder
 * < see you                            a line of its stdin
 * name  Alice                          the lines of its stdout, all of them
 * ! hint: ...                          the lines of its stderr
 * = 2                                  its exit code, 0 where it is not told
 * & sotto daemon --home alice          starts a command that runs until the script is over; its first lines must come
 * </pre>
 *
 * In an answer {@code ...} stands for anything, a line of it for any lines, and {@code {word}} for anything that is the same wherever the script says it again.
 */
final class Script {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern WORD = Pattern.compile("\\{(\\w+)}|\\.\\.\\.");
    private static final Pattern TYPED = Pattern.compile("'([^']*)'|(\\S+)");

    private final Path folder;
    private final Map<String, String> words = new HashMap<>();
    private final List<Background> background = new ArrayList<>();
    private final CompletableFuture<Void> stop = new CompletableFuture<>();

    Script(Path folder) {
        this.folder = folder;
    }

    /** A command with all that the script says about it. */
    private static final class Step {
        private final int line;
        private final String command;
        private final boolean isBackground;
        private final List<String> stdin = new ArrayList<>();
        private final List<String> stdout = new ArrayList<>();
        private final List<String> stderr = new ArrayList<>();
        private int exitCode;

        Step(int line, String text) {
            this.line = line;
            this.command = text.substring(2).strip();
            this.isBackground = text.startsWith("&");
        }
    }

    private record Background(String command, CompletableFuture<Integer> exitCode) {}

    void play(List<String> lines) throws Exception {
        Optional<Step> current = Optional.empty();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (line.startsWith("$ ") || line.startsWith("& ")) {
                run(current);
                current = Optional.of(new Step(index + 1, line));
            } else if (line.startsWith("file ")) {
                String[] parts = line.substring(5).split(": ", 2);
                Files.writeString(folder.resolve(parts[0]), parts[1] + "\n");
            } else if (!line.isBlank() && !line.startsWith("#")) {
                add(line, current.orElseThrow());
            }
        }
        run(current);
    }

    private static void add(String line, Step step) {
        if (line.startsWith("< ")) {
            step.stdin.add(line.substring(2));
        } else if (line.startsWith("! ")) {
            step.stderr.add(line.substring(2));
        } else if (line.startsWith("= ")) {
            step.exitCode = Integer.parseInt(line.substring(2));
        } else {
            step.stdout.add(line);
        }
    }

    private void run(Optional<Step> next) throws Exception {
        if (next.isEmpty()) {
            return;
        }
        Step step = next.get();
        String where = "line " + step.line + ", " + step.command;
        LineSink out = new LineSink(step.isBackground ? step.stdout.size() : Integer.MAX_VALUE);
        LineSink err = new LineSink(Integer.MAX_VALUE);
        String typed = step.stdin.isEmpty() ? "" : String.join("\n", step.stdin) + "\n";
        Environment environment = environment(typed, out, err);
        CompletableFuture<Integer> exitCode =
                CompletableFuture.supplyAsync(() -> Start.run(environment, arguments(step.command)));
        if (step.isBackground) {
            CompletableFuture.anyOf(out.full, exitCode).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            compare(where + ": stdout", step.stdout, out.lines());
            background.add(new Background(where, exitCode));
        } else {
            int code = exitCode.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            compare(where + ": stderr", step.stderr, err.lines());
            compare(where + ": stdout", step.stdout, out.lines());
            assertEquals(step.exitCode, code, where + ": exit code");
        }
    }

    /** Ends what runs in the background; each must end with 0. */
    void end() throws Exception {
        stop.complete(null);
        for (Background command : background) {
            assertEquals(0, command.exitCode.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), command.command);
        }
    }

    private Environment environment(String stdin, LineSink out, LineSink err) {
        return new Environment(
                Map.of("XDG_DATA_HOME", folder.resolve("data").toString()),
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                question -> Optional.empty(),
                Node::start,
                () -> new EventLoopThread("sotto-cli"),
                Duration.ofSeconds(1),
                () -> stop);
    }

    private String[] arguments(String command) {
        List<String> arguments = new ArrayList<>();
        Matcher typed = TYPED.matcher(substituted(command));
        while (typed.find()) {
            arguments.add(typed.group(1) != null ? typed.group(1) : typed.group(2));
        }
        assertEquals("sotto", arguments.remove(0));
        return arguments.toArray(String[]::new);
    }

    private String substituted(String text) {
        return WORD.matcher(text.replace("FOLDER", folder.toString()))
                .replaceAll(word -> Matcher.quoteReplacement(
                        word.group(1) == null ? word.group() : words.getOrDefault(word.group(1), word.group())));
    }

    private void compare(String where, List<String> expected, List<String> actual) {
        String came = actual.stream().map(line -> line + "\n").collect(Collectors.joining());
        List<String> names = new ArrayList<>();
        StringBuilder regex = new StringBuilder();
        expected.forEach(
                line -> regex.append(line.equals("...") ? "(?:.*\n)*" : regex(substituted(line), names) + "\n"));
        Matcher matcher = Pattern.compile(regex.toString()).matcher(came);
        assertTrue(
                matcher.matches(),
                () -> where + "\n--- expected\n" + String.join("\n", expected) + "\n--- came\n" + came);
        names.forEach(name -> words.put(name, matcher.group(name)));
    }

    private static String regex(String line, List<String> names) {
        StringBuilder regex = new StringBuilder();
        Matcher word = WORD.matcher(line);
        int from = 0;
        while (word.find()) {
            regex.append(Pattern.quote(line.substring(from, word.start())));
            if (word.group(1) == null) {
                regex.append(".*");
            } else {
                names.add(word.group(1));
                regex.append("(?<").append(word.group(1)).append(">.+)");
            }
            from = word.end();
        }
        return regex + Pattern.quote(line.substring(from));
    }

    /** What a command printed; full once it has so many lines. */
    private static final class LineSink extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<Void> full = new CompletableFuture<>();
        private final int linesWanted;
        private int lines;

        LineSink(int linesWanted) {
            this.linesWanted = linesWanted;
        }

        @Override
        public void write(int octet) {
            bytes.write(octet);
            if (octet == '\n' && ++lines == linesWanted) {
                full.complete(null);
            }
        }

        List<String> lines() {
            return bytes.toString(StandardCharsets.UTF_8).lines().toList();
        }
    }
}

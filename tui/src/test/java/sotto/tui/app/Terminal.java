package sotto.tui.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import sotto.tui.view.Tmux;

/** A terminal window in a tmux server of its own, in which a person runs Sotto. */
final class Terminal implements AutoCloseable {
    /** A busy machine takes its time; only a test that fails waits so long. */
    private static final int LOOKS_MAX = 1_200;

    private static final int LOOK_MILLIS = 100;

    private final Path folder;
    private final Tmux tmux;
    private int runs;

    private Terminal(Path folder, Tmux tmux) {
        this.folder = folder;
        this.tmux = tmux;
    }

    /** @param folder for the socket and what programs leave behind */
    static Terminal open(Path folder, int columns, int rows) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        List<String> session = new ArrayList<>(List.of("-x", "" + columns, "-y", "" + rows, "exec sh"));
        for (String option : List.of("status off", "history-limit 1000")) {
            session.addAll(List.of(";", "set", "-g"));
            session.addAll(List.of(option.split(" ", -1)));
        }
        return new Terminal(folder, Tmux.start(folder, session));
    }

    /** Starts Sotto with {@code arguments}; the modes of the terminal are noted before and after. */
    void start(String... arguments) throws IOException, InterruptedException {
        run("", "", arguments);
    }

    /** Starts Sotto's screen as the launcher does, which lets nothing be echoed that is typed before there is a screen. */
    void startScreen(String... arguments) throws IOException, InterruptedException {
        run("stty -echo; ", "-Dsotto.terminal=$(cat before) ", arguments);
    }

    private void run(String preparation, String flag, String... arguments) throws IOException, InterruptedException {
        runs++;
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Files.writeString(folder.resolve("arguments"), "-XX:+UseSerialGC\n-XX:TieredStopAtLevel=1\n-cp\n" + classes);
        Files.writeString(
                folder.resolve("run"),
                "clear; stty -g > before; " + preparation + java + " @arguments " + flag + "sotto.node.cli.Main "
                        + String.join(" ", arguments) + " 2> errors; echo run " + runs
                        + " ended with $?.; stty -g > after\n");
        type("cd " + folder + "; . ./run");
        press("Enter");
    }

    /** Types characters as they are. */
    void type(String text) throws IOException, InterruptedException {
        tmux.run("send-keys", "-l", "--", text);
    }

    /** Presses keys by tmux's names. */
    void press(String... keys) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("send-keys"));
        command.addAll(List.of(keys));
        tmux.run(command.toArray(String[]::new));
    }

    /** Types a line. */
    void enter(String text) throws IOException, InterruptedException {
        type(text);
        press("Enter");
    }

    void paste(String text) throws IOException, InterruptedException {
        tmux.run("set-buffer", "-b", "pasted", "--", text);
        tmux.run("paste-buffer", "-p", "-b", "pasted");
    }

    void resize(int columns, int rows) throws IOException, InterruptedException {
        tmux.resize(columns, rows);
    }

    /** Waits until the screen shows {@code text}, and returns all of it. Rows that the terminal wrapped itself are one. */
    String see(String text) throws IOException, InterruptedException {
        return see(text, screen -> screen.contains(text));
    }

    String see(String what, Predicate<String> isThere) throws IOException, InterruptedException {
        String screen = "";
        for (int i = 0; i < LOOKS_MAX; i++) {
            screen = screen();
            if (isThere.test(screen)) {
                return screen;
            }
            pause();
        }
        throw new AssertionError("never saw " + what + " in:\n" + screen + "\n" + written("errors"));
    }

    String screen() throws IOException, InterruptedException {
        return tmux.run("capture-pane", "-p", "-J");
    }

    /** Goes on with what was stopped; its end is seen as that of another run. */
    void resume() throws IOException, InterruptedException {
        runs++;
        enter("clear; fg; echo run " + runs + " ended with $?.; stty -g > after");
    }

    /** Waits until the program has ended or stopped; it must have given the terminal back as it was. */
    void seeTheEnd(int exitCode) throws IOException, InterruptedException {
        see("run " + runs + " ended with " + exitCode + ".");
        // The shell makes the file before stty has a word to put there.
        for (int i = 0; i < LOOKS_MAX && written("after").isEmpty(); i++) {
            pause();
        }
        String now = tmux.run("display-message", "-p", "#{alternate_on} #{cursor_flag} #{keypad_flag} #{wrap_flag}");
        if (!now.strip().equals("0 1 0 1")) {
            throw new AssertionError("the terminal was left with modes " + now);
        }
        String before = written("before");
        String after = written("after");
        if (!before.equals(after)) {
            throw new AssertionError("the terminal was left as " + after + " and had been " + before);
        }
        Files.delete(folder.resolve("after"));
    }

    /** What the program that ended said on standard error. */
    String errors() throws IOException {
        return written("errors");
    }

    private String written(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** Paces the looking; nothing is decided by how long it takes. */
    private static void pause() throws InterruptedException {
        boolean unused = new CountDownLatch(1).await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
        tmux.close();
    }
}

package sotto.tui.view;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A tmux server of our own: it knows nobody's configuration, and ends with the test. */
public final class Tmux implements AutoCloseable {
    private final Path socket;

    private Tmux(Path socket) {
        this.socket = socket;
    }

    /**
     * Starts a server with one session.
     *
     * @param folder for its socket, whose path must fit into 108 bytes
     * @param session what follows tmux's {@code new-session -d}, and further commands
     */
    public static Tmux start(Path folder, List<String> session) throws IOException, InterruptedException {
        Tmux tmux = new Tmux(folder.resolve("tmux"));
        List<String> start = new ArrayList<>(List.of("-f", "/dev/null", "new-session", "-d"));
        start.addAll(session);
        tmux.run(start.toArray(String[]::new));
        return tmux;
    }

    /** Runs a command of tmux's; returns what it printed. */
    public String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
        command.addAll(List.of(arguments));
        return output(command);
    }

    public void resize(int columns, int rows) throws IOException, InterruptedException {
        run("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
    }

    /** Runs a program to its end; fails with what it printed if it does. */
    static String output(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        try {
            run("kill-server");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

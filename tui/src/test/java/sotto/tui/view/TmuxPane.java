package sotto.tui.view;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A pane of a tmux server of our own, in which bytes are shown. */
final class TmuxPane implements AutoCloseable {
    private static final String STATE =
            "#{cursor_x} #{cursor_y} #{cursor_flag} #{alternate_on} #{insert_flag} #{keypad_flag}"
                    + " #{keypad_cursor_flag} #{mouse_any_flag} #{origin_flag} #{wrap_flag} #{scroll_region_upper}"
                    + " #{scroll_region_lower} #{history_size} #{pane_title} #{window_name}";

    /** Put into the last column before looking: tmux leaves out cells at a row's end that were never written. */
    private static final String EDGE = "|";

    /** How often a pane is looked at before it is said not to show what it was given. */
    private static final int LOOKS_MAX = 400;

    private final Path socket;
    private final OutputStream pipe;

    private TmuxPane(Path socket, OutputStream pipe) {
        this.socket = socket;
        this.pipe = pipe;
    }

    /** What the pane shows, and how the terminal stands. */
    record Seen(List<String> rows, String state) {
        /** A row as single cells; only for rows without characters that tmux may measure otherwise. */
        List<String> cells(int y) {
            List<String> cells = new ArrayList<>();
            Glyphs.of(rows.get(y)).forEach(glyph -> {
                cells.add(glyph.text());
                if (glyph.width() == 2) {
                    cells.add("");
                }
            });
            return cells;
        }
    }

    static TmuxPane open(Path folder) throws IOException, InterruptedException {
        Path socket = folder.resolve("tmux");
        Path fifo = folder.resolve("bytes");
        run(List.of("mkfifo", fifo.toString()));
        List<String> start =
                new ArrayList<>(List.of("tmux", "-S", socket.toString(), "-f", "/dev/null", "new-session", "-d"));
        start.addAll(List.of("-n", "window", "stty raw -echo; exec cat " + fifo));
        // Whatever a program may do to a terminal is allowed here, so that it would be seen.
        for (String option : List.of("set-clipboard on", "allow-rename on", "automatic-rename off", "status off")) {
            start.addAll(List.of(";", "set", "-g"));
            start.addAll(List.of(option.split(" ", -1)));
        }
        run(start);
        return new TmuxPane(socket, Files.newOutputStream(fifo));
    }

    /** Shows a frame on a fresh screen; when {@code marker} is there, looks how the terminal stands, then at its cells. */
    Seen show(String frame, Size size, String marker) throws IOException, InterruptedException {
        tmux("resize-window", "-x", Integer.toString(size.columns()), "-y", Integer.toString(size.rows()));
        write("\u001b[?1049l\u001b[!p\u001b[H\u001b[2J");
        write(frame);
        Seen shown = await(seen -> String.join("\n", seen.rows()).contains(marker));
        for (int y = 1; y <= size.rows(); y++) {
            write("\u001b[" + y + ";" + size.columns() + "H" + EDGE);
        }
        Seen edged = await(seen -> seen.rows().stream().allMatch(row -> row.endsWith(EDGE)));
        return new Seen(edged.rows(), shown.state());
    }

    private void write(String text) throws IOException {
        pipe.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits until what is wanted is shown, and shown twice the same. */
    private Seen await(Predicate<Seen> isWanted) throws IOException, InterruptedException {
        Seen before = look();
        for (int i = 0; i < LOOKS_MAX; i++) {
            Seen now = look();
            if (now.equals(before) && isWanted.test(now)) {
                return now;
            }
            before = now;
        }
        throw new AssertionError("not shown:\n" + String.join("\n", before.rows()));
    }

    private Seen look() throws IOException, InterruptedException {
        String text = tmux("capture-pane", "-p", "-N", ";", "display-message", "-p", STATE);
        List<String> lines = List.of(text.split("\n", -1));
        int last = lines.size() - 2;
        return new Seen(lines.subList(0, last), lines.get(last));
    }

    String clipboard() throws IOException, InterruptedException {
        return tmux("list-buffers");
    }

    /** What a row must look like: the cells outside the mask as they are, anything where the text is, our edge at its end. */
    static String expected(String mask, List<String> cells) {
        StringBuilder pattern = new StringBuilder();
        for (int x = 0; x < mask.length() - 1; x++) {
            if (mask.charAt(x) == '.') {
                pattern.append(cells.get(x).isEmpty() ? "" : Pattern.quote(cells.get(x)));
            } else if (!pattern.toString().endsWith(".*")) {
                pattern.append(".*");
            }
        }
        return pattern.append(Pattern.quote(EDGE)).toString();
    }

    private String tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
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
            tmux("kill-server");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pipe.close();
        }
    }
}

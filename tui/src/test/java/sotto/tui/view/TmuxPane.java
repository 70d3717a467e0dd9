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

    private final Tmux tmux;
    private final OutputStream pipe;

    private TmuxPane(Tmux tmux, OutputStream pipe) {
        this.tmux = tmux;
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
        Path fifo = folder.resolve("bytes");
        Tmux.output(List.of("mkfifo", fifo.toString()));
        List<String> session = new ArrayList<>(List.of("-n", "window", "stty raw -echo; exec cat " + fifo));
        // Whatever a program may do to a terminal is allowed here, so that it would be seen.
        for (String option : List.of("set-clipboard on", "allow-rename on", "automatic-rename off", "status off")) {
            session.addAll(List.of(";", "set", "-g"));
            session.addAll(List.of(option.split(" ", -1)));
        }
        return new TmuxPane(Tmux.start(folder, session), Files.newOutputStream(fifo));
    }

    /** Shows a frame on a fresh screen; when {@code marker} is there, looks how the terminal stands, then at its cells. */
    Seen show(String frame, Size size, String marker) throws IOException, InterruptedException {
        tmux.resize(size.columns(), size.rows());
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
        String text = tmux.run("capture-pane", "-p", "-N", ";", "display-message", "-p", STATE);
        List<String> lines = List.of(text.split("\n", -1));
        int last = lines.size() - 2;
        return new Seen(lines.subList(0, last), lines.get(last));
    }

    String clipboard() throws IOException, InterruptedException {
        return tmux.run("list-buffers");
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

    @Override
    public void close() throws IOException {
        try {
            tmux.close();
        } finally {
            pipe.close();
        }
    }
}

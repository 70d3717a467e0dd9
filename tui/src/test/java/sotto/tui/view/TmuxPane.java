package sotto.tui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A pane of a tmux server of our own, in which bytes are shown. */
final class TmuxPane implements AutoCloseable {
    private static final String STATE =
            "#{cursor_x} #{cursor_y} #{cursor_flag} #{alternate_on} #{insert_flag} #{keypad_flag}"
                    + " #{keypad_cursor_flag} #{mouse_any_flag} #{origin_flag} #{wrap_flag} #{scroll_region_upper}"
                    + " #{scroll_region_lower} #{history_size} #{pane_title} #{window_name}";

    /** Put into the last column before looking: tmux leaves out cells at a row's end that were never written. */
    private static final String EDGE = "|";

    /** Asks a terminal how it is, and what one that is well answers when it comes to that question. */
    private static final String STATUS_QUESTION = "\u001b[5n";

    private static final String STATUS_ANSWER = "\u001b[0n";

    private final Tmux tmux;
    private final OutputStream pipe;
    private final InputStream answers;

    private TmuxPane(Tmux tmux, OutputStream pipe, InputStream answers) {
        this.tmux = tmux;
        this.pipe = pipe;
        this.answers = answers;
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
        Path bytes = folder.resolve("bytes");
        Path replies = folder.resolve("replies");
        Tmux.output(List.of("mkfifo", bytes.toString(), replies.toString()));
        String program = "stty raw -echo; cat %s & exec cat > %s".formatted(bytes, replies);
        List<String> session = new ArrayList<>(List.of("-n", "window", program));
        // Whatever a program may do to a terminal is allowed here, so that it would be seen.
        for (String option : List.of("set-clipboard on", "allow-rename on", "automatic-rename off", "status off")) {
            session.addAll(List.of(";", "set", "-g"));
            session.addAll(List.of(option.split(" ", -1)));
        }
        Tmux tmux = Tmux.start(folder, session);
        return new TmuxPane(tmux, Files.newOutputStream(bytes), Files.newInputStream(replies));
    }

    /** Shows a frame on a fresh screen; when all of it is there, looks how the terminal stands, then at its cells. */
    Seen show(String frame, Size size) throws IOException, InterruptedException {
        tmux.resize(size.columns(), size.rows());
        write("\u001b[?1049l\u001b[!p\u001b[H\u001b[2J");
        write(frame);
        settle();
        String state = look().state();
        for (int y = 1; y <= size.rows(); y++) {
            write("\u001b[" + y + ";" + size.columns() + "H" + EDGE);
        }
        settle();
        return new Seen(look().rows(), state);
    }

    private void write(String text) throws IOException {
        pipe.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits until the terminal has come to the end of what was written; what it says to anything before that is an error. */
    private void settle() throws IOException {
        write(STATUS_QUESTION);
        byte[] answer = answers.readNBytes(STATUS_ANSWER.length());
        assertEquals(STATUS_ANSWER, new String(answer, StandardCharsets.US_ASCII), "what the terminal answers");
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
            answers.close();
        }
    }
}

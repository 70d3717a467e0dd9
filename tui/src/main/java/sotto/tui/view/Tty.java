package sotto.tui.view;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal this program was started on, as the system sees it: its modes and its size, by way of {@code stty}. Thread-safe;
 * each call starts a process and takes some milliseconds, so the UI thread makes none after the start.
 */
public final class Tty {
    /**
     * Every key reaches us as it is: no line editing, no signals, no flow control. Otherwise Ctrl+S would freeze the UI and
     * Ctrl+\ would print the JVM's threads over it.
     */
    private static final String RAW = "-icanon -echo -isig -iexten -ixon -icrnl -opost min 1 time 0";

    private static final Pattern MODES = Pattern.compile("[0-9a-zA-Z:=,._-]+");
    private static final Pattern ANSWER = Pattern.compile("(" + MODES + ")\\n(\\d{1,5}) (\\d{1,5})\\n?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");

    private final String modes;
    private final Size size;

    private Tty(String modes, Size size) {
        this.modes = modes;
        this.size = size;
    }

    /**
     * The terminal on standard input and output; empty if one of them is something else.
     *
     * @param modes what it is to be given back with; empty for those it has now
     */
    public static Optional<Tty> find(Optional<String> modes) throws IOException {
        // Standard output must be ours for the test, so the answer comes by way of standard error.
        Process process = new ProcessBuilder("sh", "-c", "test -t 0 && test -t 1 && { stty -g && stty size; } 1>&2")
                .redirectInput(Redirect.INHERIT)
                .redirectOutput(Redirect.INHERIT)
                .start();
        Matcher answer = ANSWER.matcher(text(process.getErrorStream()));
        awaited(process);
        return answer.matches()
                ? Optional.of(new Tty(
                        modes.filter(given -> MODES.matcher(given).matches()).orElse(answer.group(1)),
                        size(answer.group(2), answer.group(3))))
                : Optional.empty();
    }

    /** The size it had when it was found. */
    public Size size() {
        return size;
    }

    public void makeRaw() throws IOException {
        output("stty " + RAW);
    }

    /** Its modes as they were before this program. */
    public void restore() throws IOException {
        output("stty " + modes);
    }

    /** The size it has now. */
    public Size measured() throws IOException {
        Matcher answer = SIZE.matcher(output("stty size"));
        return answer.matches() ? size(answer.group(1), answer.group(2)) : size;
    }

    /** Stops this whole job, as Ctrl+Z does; returns when the shell continues it. */
    public static void stop() throws IOException {
        output("kill -TSTP 0");
    }

    private static Size size(String rows, String columns) {
        int r = Integer.parseInt(rows);
        int c = Integer.parseInt(columns);
        return r == 0 || c == 0 ? Size.USUAL : new Size(c, r);
    }

    private static String output(String command) throws IOException {
        Process process = new ProcessBuilder(List.of("sh", "-c", command))
                .redirectInput(Redirect.INHERIT)
                .redirectError(Redirect.DISCARD)
                .start();
        String output = text(process.getInputStream());
        awaited(process);
        return output;
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static int awaited(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking about the terminal", e);
        }
    }
}

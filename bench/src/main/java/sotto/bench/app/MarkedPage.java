package sotto.bench.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page written by hand of which some sections are written by programs, each between two marks of its own: how a benchmark puts
 * its figures into {@code docs/benchmarks.md} without touching the rest. Immutable; the file is read and written as a whole.
 */
public record MarkedPage(String text) {
    private static final Path BENCHMARKS = Path.of("docs", "benchmarks.md");

    /** Puts the section of {@code bench name} into the page of benchmarks, where there is one: in a checkout. */
    static void putBenchmark(String name, String section) throws IOException {
        if (Files.exists(BENCHMARKS)) {
            read(BENCHMARKS).with("bench " + name, section).write(BENCHMARKS);
        }
    }

    /** Reads a page. */
    public static MarkedPage read(Path file) throws IOException {
        return new MarkedPage(Files.readString(file));
    }

    /**
     * This page with the section {@code name} replaced, the marks kept.
     *
     * @param name for example {@code bench vault}
     * @param content Markdown; line ends at its end are up to this method
     * @throws IllegalArgumentException if the page lacks the marks, which are made by hand so that the page stays readable
     */
    public MarkedPage with(String name, String content) {
        String begin = "<!-- begin: " + name + " -->";
        String end = "<!-- end: " + name + " -->";
        int from = text.indexOf(begin);
        int to = text.indexOf(end, Math.max(from, 0));
        if (from < 0 || to < 0) {
            throw new IllegalArgumentException("the page has no marks for: " + name);
        }
        String body = content.strip();
        String section = body.isEmpty() ? "\n" : "\n" + body + "\n";
        return new MarkedPage(text.substring(0, from + begin.length()) + section + text.substring(to));
    }

    /** Writes the page. */
    public void write(Path file) throws IOException {
        Files.writeString(file, text);
    }
}

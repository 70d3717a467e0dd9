package sotto.node.cli;

import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.Locale;
import sotto.node.api.SafeText;

/**
 * Where commands print: results to stdout, everything else to stderr. Every line of text passes {@link SafeText}, whoever wrote
 * it; JSON carries every text whole, with what could steer a terminal as escapes. Confined to one thread.
 */
public final class Output {
    private final PrintStream results;
    private final PrintStream diagnostics;

    Output(PrintStream results, PrintStream diagnostics) {
        this.results = results;
        this.diagnostics = diagnostics;
    }

    /** One line of a result; a line break inside becomes a blank, so that nobody can forge another line. */
    public void line(String text) {
        results.print(oneLine(text) + "\n");
        results.flush();
    }

    /** A result that may have several lines: all but the first are indented. */
    void block(String text) {
        results.print(new SafeText(text).value().replace("\n", "\n    ") + "\n");
        results.flush();
    }

    /** One object on one line. */
    public void json(JsonObject object) {
        results.print(escaped(object.toString()) + "\n");
        results.flush();
    }

    /** Such characters stand in strings alone, where a program reads the escape as the character itself. */
    private static String escaped(String json) {
        StringBuilder escaped = new StringBuilder(json.length());
        json.codePoints().forEach(codePoint -> {
            if (isSteering(codePoint)) {
                for (char unit : Character.toChars(codePoint)) {
                    escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            } else {
                escaped.appendCodePoint(codePoint);
            }
        });
        return escaped.toString();
    }

    /** Controls, and what shows nothing itself but changes how other characters stand: bidirectional marks, joiners, tags. */
    private static boolean isSteering(int codePoint) {
        return Character.isISOControl(codePoint)
                || switch (Character.getType(codePoint)) {
                    case Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> true;
                    default -> false;
                };
    }

    /** Something that is no result: progress, a warning. */
    public void note(String text) {
        diagnostics.print(oneLine(text) + "\n");
        diagnostics.flush();
    }

    /** What to do next. */
    public void hint(String text) {
        note("hint: " + text);
    }

    void error(String message) {
        note("sotto: " + message);
    }

    private static String oneLine(String text) {
        return new SafeText(text).value().replace('\n', ' ');
    }

    /** Whoever read the results is gone, as after {@code | head}. */
    boolean isClosed() {
        return results.checkError();
    }
}

package sotto.bench.app;

import java.io.PrintStream;
import java.util.Map;

/** Something that {@code ./sotto bench NAME} runs. Found through {@link BenchProvider}. */
interface Benchmark {
    /** What it is called on the command line. */
    String name();

    /** One line for the help. */
    String description();

    /**
     * Runs to its end.
     *
     * @param options what was given as {@code --key value}; unknown ones are an error of the caller's
     * @param progress where to say how far it is
     * @return one line that says what came out, and whether that is good
     */
    Outcome run(Map<String, String> options, PrintStream progress) throws Exception;

    /** How it went; good is what could be measured and kept its promises. A goal that was missed stands in the summary, no more. */
    record Outcome(boolean isGood, String summary) {}
}

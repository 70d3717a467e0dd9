package sotto.bench.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a benchmark ran on, for its page. */
final class Machine {
    private Machine() {}

    /** The commit, the Java and the processor. */
    static String describe() {
        return "commit " + commit() + ", JDK " + Runtime.version() + ", "
                + Runtime.getRuntime().availableProcessors() + " × " + processor();
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD").start();
            String line = git.inputReader().readLine();
            return line == null ? "unknown" : line;
        } catch (IOException noGit) {
            return "unknown";
        }
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("processor");
        } catch (IOException notLinux) {
            return "processor";
        }
    }
}

package sotto.libp2p.runtime;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine beside Java. Where it is absent the test is skipped, with a line that says what was missing;
 * with {@code -Dsotto.require=all} it fails instead.
 */
public final class Require {
    static final String PROPERTY = "sotto.require";

    /** How the reason of a skip begins; {@link SkippedTests} counts by what follows. */
    static final String SKIPPED = "skipped: ";

    private Require() {}

    /** The program {@code name} on the path. */
    public static void tool(String name) {
        that(isOnPath(name), name + " is not on the path");
    }

    /** The rights of root, for network namespaces. */
    public static void root() {
        that("root".equals(System.getProperty("user.name")), "not run by root");
    }

    /** Anything else: {@code missing} says what is absent where {@code isPresent} is false. */
    public static void that(boolean isPresent, String missing) {
        if (isPresent) {
            return;
        }
        if ("all".equals(System.getProperty(PROPERTY))) {
            Assertions.fail(missing + ", and -D" + PROPERTY + "=all demands it");
        }
        Assumptions.abort(SKIPPED + missing);
    }

    private static boolean isOnPath(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}

package sotto.node.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How this program is called again on the same home, as it is typed into a shell: whoever follows a hint with a second account must
 * not end up at the first.
 *
 * @param name what the program was called by
 * @param home as it was given; empty for the usual one
 */
record Invocation(String name, Optional<Path> home) {
    /** Set by the launcher, which knows; without it the name is that of an installed program. */
    private static final String NAME = "SOTTO_CALLED";

    /** What means nothing to a shell but itself. A tilde in front does. */
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-][\\w@%+=:,./~-]*");

    static Invocation of(Map<String, String> variables, CommonFlags flags) {
        return new Invocation(variables.getOrDefault(NAME, "sotto"), flags.givenHome());
    }

    /** The program with these words behind it, already quoted; with none it is the UI. */
    String command(String words) {
        String onHome = home.map(folder -> " " + CommonFlags.HOME + " " + quoted(folder.toString()))
                .orElse("");
        return quoted(name) + onHome + (words.isEmpty() ? "" : " " + words);
    }

    /** What starts a node: with a screen, or without. */
    String anyNode() {
        return command("") + ", or " + command("daemon");
    }

    /** How to see what a command takes, for which no home is needed. {@code command} begins with the program's own name. */
    String help(String command) {
        int blank = command.indexOf(' ');
        return quoted(name) + (blank < 0 ? "" : command.substring(blank)) + " --help";
    }

    /** A word for a shell, in quotes only where it needs them. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

package sotto.node.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command line of the plainest kind: the words that name a command, and around them common flags, each at most once and with
 * its value in a word of its own. It is read without picocli, which takes longer to get ready than such a command takes to run.
 * Whatever is not plain, a mistake above all, is picocli's to read and to explain; a test holds both to the same reading.
 *
 * @param command the words that are neither flags nor values, a blank between them; empty if there are none
 * @param values of the flags that were given; of a switch it is empty
 */
record PlainLine(String command, Map<String, String> values) {
    private static final Set<String> SWITCHES = Set.of(CommonFlags.JSON, CommonFlags.LAN);

    PlainLine {
        values = Map.copyOf(values);
    }

    /** Empty if the line is not plain. */
    static Optional<PlainLine> read(String... words) {
        StringBuilder command = new StringBuilder();
        Map<String, String> values = new HashMap<>();
        for (int index = 0; index < words.length; index++) {
            String word = words[index];
            String value = "";
            if (isPlain(word)) {
                command.append(command.isEmpty() ? "" : " ").append(word);
                continue;
            }
            if (CommonFlags.WITH_VALUE.contains(word)) {
                index++;
                if (index == words.length || !isValue(words[index])) {
                    return Optional.empty();
                }
                value = words[index];
            } else if (!SWITCHES.contains(word)) {
                return Optional.empty();
            }
            if (values.putIfAbsent(word, value) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new PlainLine(command.toString(), values));
    }

    boolean has(String flag) {
        return values.containsKey(flag);
    }

    Optional<String> valueOf(String flag) {
        return Optional.ofNullable(values.get(flag));
    }

    /** Only what has a slash in it: any other word could be the name of a command, and that a flag cannot have for its value. */
    private static boolean isValue(String word) {
        return word.equals(Passphrases.STDIN) || (isPlain(word) && word.indexOf('/') >= 0);
    }

    /** Nothing that picocli could take for a flag or for a file to read more words from, and one word only: no blank makes it two. */
    private static boolean isPlain(String word) {
        return !word.isEmpty() && word.charAt(0) != '-' && word.charAt(0) != '@' && word.indexOf(' ') < 0;
    }
}

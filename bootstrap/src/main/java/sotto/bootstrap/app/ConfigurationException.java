package sotto.bootstrap.app;

import java.util.List;

/** A configuration with mistakes in it; all of them are told at once, each with the place where it stands. */
final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1;

    private final List<String> problems;

    ConfigurationException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each. */
    List<String> problems() {
        return problems;
    }
}

package sotto.bootstrap.app;

import java.util.List;

/**
 * What somebody set, as text, and where.
 *
 * @param texts one for everything but addresses
 * @param origin for error messages: a file with line and column, a variable, or a flag
 */
record Given(List<String> texts, String origin) {
    Given {
        texts = List.copyOf(texts);
    }
}

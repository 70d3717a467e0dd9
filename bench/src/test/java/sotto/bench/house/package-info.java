/**
 * The house rules as tests: the map of rooms, how long things may grow, and that documents hold together. Each test is also
 * shown to bite, on a violation planted for it.
 */
@NullMarked
package sotto.bench.house;

import org.jspecify.annotations.NullMarked;

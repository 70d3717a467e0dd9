/** Benchmarks and the runners of campaigns and simulators: never shipped. */
@NullMarked
package sotto.bench.app;

import org.jspecify.annotations.NullMarked;

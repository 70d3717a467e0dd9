/**
 * Proofs about the program as people start it: the real {@code sotto} script and JVMs of their own. The checkout is one for trial,
 * made of the classes under test, so that nothing is built.
 */
@NullMarked
package sotto.bench.launch;

import org.jspecify.annotations.NullMarked;

/**
 * Clock, timers, randomness and event loop: the interfaces, and the real ones. The only room that reads the machine's clock,
 * sleeps, or makes a {@code SecureRandom}; everything else is handed them.
 */
@NullMarked
package sotto.libp2p.runtime;

import org.jspecify.annotations.NullMarked;

/** identify 1.0.0 and identify push: what the two ends of a connection tell each other about themselves. */
@NullMarked
package sotto.libp2p.identify;

import org.jspecify.annotations.NullMarked;

/**
 * The door of this module: a host, its connections and streams, in libp2p's own words. Interfaces and values only; protocols
 * know nothing but this, so another libp2p could be put behind it.
 */
@NullMarked
package sotto.libp2p.host;

import org.jspecify.annotations.NullMarked;

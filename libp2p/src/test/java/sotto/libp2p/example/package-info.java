/** Examples of the door of this module, run as tests. */
@NullMarked
package sotto.libp2p.example;

import org.jspecify.annotations.NullMarked;

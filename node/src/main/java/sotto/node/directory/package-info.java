/**
 * Records that prove themselves: invitation codes, directory keys, sealed records and what an invitation's record holds. How a
 * record travels (a stream, later the DHT) is not known here.
 */
@NullMarked
package sotto.node.directory;

import org.jspecify.annotations.NullMarked;

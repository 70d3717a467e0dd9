/**
 * The sealed volume, MapDB on it, transactions, the key file and its locks. The only room that imports {@code org.mapdb}.
 * Knows nothing of what the tables hold.
 */
@NullMarked
package sotto.node.vault;

import org.jspecify.annotations.NullMarked;

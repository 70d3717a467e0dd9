/**
 * The sealed channel between two contacts that recognised each other on a connection. Values in, values out; whoever drives it
 * owns the stream, the clock and the storage.
 */
@NullMarked
package sotto.node.session;

import org.jspecify.annotations.NullMarked;

/**
 * The one door of the messenger: {@link sotto.node.api.Messenger}, its values, its feed of events and its errors. Knows
 * nothing else, so a face cannot tell whether the node runs in its own process or behind a socket.
 */
@NullMarked
package sotto.node.api;

import org.jspecify.annotations.NullMarked;

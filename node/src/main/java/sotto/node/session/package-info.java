/**
 * The sealed channel between two contacts that recognised each other on a connection: its states, which are values in and values
 * out, and {@link sotto.node.session.Session}, which drives them over a stream. Knows nothing of what a message means.
 */
@NullMarked
package sotto.node.session;

import org.jspecify.annotations.NullMarked;

/**
 * The infrastructure node: configuration, key file, health and metrics, and the {@code bootstrap} command that puts them around a
 * host which serves the distributed hash table. Knows no account, contact or message, and holds no secret but its own key.
 */
@NullMarked
package sotto.bootstrap.app;

import org.jspecify.annotations.NullMarked;

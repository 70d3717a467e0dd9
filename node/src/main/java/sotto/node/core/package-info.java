/**
 * The messenger itself: {@code Node implements Messenger}. One event loop owns all mutable state; this room alone begins
 * transactions. Knows no face.
 */
@NullMarked
package sotto.node.core;

import org.jspecify.annotations.NullMarked;

/** The UI's state as an immutable value, and {@code update(state, message) -> (state, effects)}. No terminal, no messenger calls. */
@NullMarked
package sotto.tui.model;

import org.jspecify.annotations.NullMarked;

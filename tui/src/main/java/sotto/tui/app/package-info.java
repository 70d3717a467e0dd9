/** Wires messenger, model and view, and registers the {@code ui} command. */
@NullMarked
package sotto.tui.app;

import org.jspecify.annotations.NullMarked;

/** State to cells: the terminal, the key decoder, the width table and the screens. The only room that imports Lanterna. */
@NullMarked
package sotto.tui.view;

import org.jspecify.annotations.NullMarked;

/**
 * The messenger's message formats as records: byte layouts, bounds, labels, protocol ids. Every decoder takes any bytes and
 * gives a value or a {@code WireException}, and what decodes encodes to the same bytes. Knows no secret, no storage, no I/O.
 */
@NullMarked
package sotto.node.wire;

import org.jspecify.annotations.NullMarked;

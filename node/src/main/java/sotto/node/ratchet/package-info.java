/**
 * Handshakes as values: {@code (state, input) -> (state, output)}. Here is the knock, by which two strangers come to share a
 * pair root; the double ratchet will stand beside it. No storage, no clock, no network: randomness and primitives come in.
 */
@NullMarked
package sotto.node.ratchet;

import org.jspecify.annotations.NullMarked;

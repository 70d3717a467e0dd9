/**
 * Gets an envelope to a contact, exactly once and in order: outbox, inbox counters, acknowledgement, retry. Knows nothing of
 * what is in an envelope's conversation.
 */
@NullMarked
package sotto.node.delivery;

import org.jspecify.annotations.NullMarked;

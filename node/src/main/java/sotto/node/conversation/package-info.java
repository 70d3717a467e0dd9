/**
 * What was said: messages in their order, their states, and how far each conversation was read. Knows nothing of how a
 * message travels.
 */
@NullMarked
package sotto.node.conversation;

import org.jspecify.annotations.NullMarked;

package sotto.node.api;

import java.util.Optional;

/**
 * A contact, the newest message exchanged with it, and how many received ones were not yet seen.
 *
 * @param newest of a long text, only the beginning
 */
public record Conversation(Contact contact, Optional<Message> newest, int unread) {}

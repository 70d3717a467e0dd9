package sotto.node.api;

import java.util.Optional;

/** A contact, the newest message exchanged with it, and how many received ones were not yet seen. */
public record Conversation(Contact contact, Optional<Message> newest, int unread) {}

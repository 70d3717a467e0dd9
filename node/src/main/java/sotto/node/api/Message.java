package sotto.node.api;

import java.time.Instant;

/**
 * One message of a conversation.
 *
 * @param position its place in the conversation, growing by the order in which this end stored it
 * @param at when its sender wrote it, by the sender's clock
 */
public record Message(
        MessageId id,
        AccountId contact,
        long position,
        boolean isMine,
        SafeText text,
        MessageState state,
        Instant at,
        boolean isRead) {}

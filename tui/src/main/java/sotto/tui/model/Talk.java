package sotto.tui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import sotto.node.api.AccountId;
import sotto.node.api.HistoryPage;
import sotto.node.api.Message;

/**
 * The conversation that is open: the part of its messages that is loaded, oldest first, without gaps.
 *
 * @param hasOlder there are more before the first
 * @param hasNewer there are more after the last, because so many older ones were loaded
 * @param isLoading a page is on its way
 */
public record Talk(
        AccountId contact,
        List<Message> messages,
        boolean hasOlder,
        boolean hasNewer,
        boolean isLoading,
        Scroll scroll) {
    /** How many messages are kept at once; who scrolls further back lets go of the newest. */
    public static final int MESSAGES_MAX = 5_000;

    /** How many remain when there were too many. */
    private static final int MESSAGES_KEPT = 500;

    /** How many are asked for at once. */
    public static final int PAGE = HistoryPage.LIMIT_SAFE;

    public Talk {
        messages = List.copyOf(messages);
    }

    /** Nothing loaded yet, the newest page on its way. */
    public static Talk opening(AccountId contact) {
        return new Talk(contact, List.of(), false, false, true, Scroll.NEWEST);
    }

    /** With a page of older messages in front. */
    public Talk withOlder(List<Message> older, boolean isMoreToCome) {
        List<Message> merged = merged(older);
        boolean isTooMany = merged.size() > MESSAGES_MAX;
        List<Message> kept = isTooMany ? merged.subList(0, MESSAGES_MAX) : merged;
        return new Talk(contact, kept, isMoreToCome, hasNewer || isTooMany, false, scroll);
    }

    /** With a message that was just stored or changed; nothing if it is beyond what is loaded. */
    public Talk with(Message message) {
        int size = messages.size();
        boolean isNewest =
                size == 0 || message.position() > messages.get(size - 1).position();
        if (isNewest) {
            return hasNewer ? this : withNewest(message);
        }
        boolean isBeforeAll = hasOlder && message.position() < messages.get(0).position();
        return isBeforeAll ? this : holding(merged(List.of(message)));
    }

    /** Who follows the newest lets go of the oldest; who reads back does not see the newest until they come back to them. */
    private Talk withNewest(Message message) {
        if (messages.size() < MESSAGES_MAX) {
            List<Message> more = new ArrayList<>(messages);
            more.add(message);
            return holding(more);
        }
        if (!scroll.isAtNewest()) {
            return new Talk(contact, messages, hasOlder, true, isLoading, scroll);
        }
        List<Message> latest = new ArrayList<>(messages.subList(messages.size() - MESSAGES_KEPT, messages.size()));
        latest.add(message);
        return new Talk(contact, latest, true, false, isLoading, scroll);
    }

    private Talk holding(List<Message> others) {
        return new Talk(contact, others, hasOlder, hasNewer, isLoading, scroll);
    }

    public Talk with(Scroll newScroll) {
        return new Talk(contact, messages, hasOlder, hasNewer, isLoading, newScroll);
    }

    public Talk loading() {
        return new Talk(contact, messages, hasOlder, hasNewer, true, scroll);
    }

    private List<Message> merged(List<Message> others) {
        TreeMap<Long, Message> byPosition = new TreeMap<>();
        Stream.concat(messages.stream(), others.stream()).forEach(m -> byPosition.put(m.position(), m));
        return List.copyOf(byPosition.values());
    }
}

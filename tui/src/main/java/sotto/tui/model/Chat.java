package sotto.tui.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import sotto.node.api.AccountId;
import sotto.node.api.Contact;
import sotto.node.api.Conversation;
import sotto.node.api.Knock;
import sotto.node.api.Message;
import sotto.node.api.Status;

/**
 * The main screen.
 *
 * @param conversations one per contact, latest activity first
 * @param knocks our own that are under way: whoever made the code has not answered
 * @param talk the one that is open, if there is any
 * @param input what is being written
 * @param drafts what was being written elsewhere
 * @param tips what was already said, so that it is said once
 * @param lastSequence the newest durable event seen
 */
public record Chat(
        Status status,
        List<Conversation> conversations,
        List<Knock> knocks,
        Optional<Talk> talk,
        Line input,
        Map<AccountId, Line> drafts,
        Optional<Panel> panel,
        Optional<Notice> notice,
        Set<String> tips,
        long lastSequence)
        implements AppState {
    private static final Comparator<Conversation> LATEST_FIRST = Comparator.comparing((Conversation c) ->
                    c.newest().map(Message::at).orElse(c.contact().since()))
            .reversed();

    public Chat {
        conversations = List.copyOf(conversations);
        knocks = List.copyOf(knocks);
        drafts = Map.copyOf(drafts);
        tips = Set.copyOf(tips);
    }

    static Chat opened(Status status) {
        return new Chat(
                status,
                List.of(),
                List.of(),
                Optional.empty(),
                Line.EMPTY,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                status.lastSequence());
    }

    /** The conversation with this contact. */
    public Optional<Conversation> conversation(AccountId contact) {
        return conversations.stream()
                .filter(c -> c.contact().id().equals(contact))
                .findFirst();
    }

    boolean isOpen(AccountId contact) {
        return talk.filter(t -> t.contact().equals(contact)).isPresent();
    }

    /** The contact whose conversation is open. */
    public Optional<Contact> partner() {
        return talk.flatMap(t -> conversation(t.contact())).map(Conversation::contact);
    }

    Chat with(Status newStatus) {
        return new Chat(newStatus, conversations, knocks, talk, input, drafts, panel, notice, tips, lastSequence);
    }

    Chat with(Line newInput) {
        return new Chat(status, conversations, knocks, talk, newInput, drafts, panel, notice, tips, lastSequence);
    }

    Chat with(Talk newTalk) {
        return withTalk(Optional.of(newTalk));
    }

    Chat with(Panel newPanel) {
        return new Chat(
                status,
                conversations,
                knocks,
                talk,
                input,
                drafts,
                Optional.of(newPanel),
                Optional.empty(),
                tips,
                lastSequence);
    }

    Chat with(Notice newNotice) {
        return new Chat(
                status, conversations, knocks, talk, input, drafts, panel, Optional.of(newNotice), tips, lastSequence);
    }

    Chat withPanelTop(Panel scrolled) {
        return new Chat(
                status, conversations, knocks, talk, input, drafts, Optional.of(scrolled), notice, tips, lastSequence);
    }

    Chat withoutPanel() {
        return new Chat(
                status, conversations, knocks, talk, input, drafts, Optional.empty(), notice, tips, lastSequence);
    }

    Chat withoutNotice() {
        return new Chat(
                status, conversations, knocks, talk, input, drafts, panel, Optional.empty(), tips, lastSequence);
    }

    Chat withTalk(Optional<Talk> newTalk) {
        return new Chat(status, conversations, knocks, newTalk, input, drafts, panel, notice, tips, lastSequence);
    }

    Chat withDrafts(Map<AccountId, Line> newDrafts) {
        return new Chat(status, conversations, knocks, talk, input, newDrafts, panel, notice, tips, lastSequence);
    }

    Chat withSequence(long sequence) {
        long newest = Math.max(sequence, lastSequence);
        return new Chat(status, conversations, knocks, talk, input, drafts, panel, notice, tips, newest);
    }

    Chat withConversations(List<Conversation> newConversations) {
        List<Conversation> sorted = new ArrayList<>(newConversations);
        sorted.sort(LATEST_FIRST);
        return new Chat(status, sorted, knocks, talk, input, drafts, panel, notice, tips, lastSequence);
    }

    Chat withKnocks(List<Knock> newKnocks) {
        return new Chat(status, conversations, newKnocks, talk, input, drafts, panel, notice, tips, lastSequence);
    }

    /** Changes the conversation with this contact, if there is one. */
    Chat withConversation(AccountId contact, UnaryOperator<Conversation> change) {
        return withConversations(conversations.stream()
                .map(c -> c.contact().id().equals(contact) ? change.apply(c) : c)
                .toList());
    }

    /** A contact as it is now, known before or not. */
    Chat with(Contact contact) {
        if (conversation(contact.id()).isPresent()) {
            return withConversation(contact.id(), c -> new Conversation(contact, c.newest(), c.unread()));
        }
        List<Conversation> more = new ArrayList<>(conversations);
        more.add(new Conversation(contact, Optional.empty(), 0));
        return withConversations(more);
    }

    Chat without(AccountId contact) {
        Map<AccountId, Line> otherDrafts = new HashMap<>(drafts);
        otherDrafts.remove(contact);
        return withConversations(conversations.stream()
                        .filter(c -> !c.contact().id().equals(contact))
                        .toList())
                .withDrafts(otherDrafts)
                .withTalk(talk.filter(t -> !t.contact().equals(contact)));
    }

    boolean isWarned() {
        return notice.filter(n -> n.kind() == Notice.Kind.WARNING).isPresent();
    }

    /** Says a tip, unless this one was said before or something more urgent stands there. */
    Chat tipOnce(String topic, Notice tip) {
        if (tips.contains(topic) || isWarned()) {
            return this;
        }
        Set<String> said = new HashSet<>(tips);
        said.add(topic);
        return new Chat(
                status, conversations, knocks, talk, input, drafts, panel, Optional.of(tip), said, lastSequence);
    }
}

package sotto.tui.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sotto.node.api.AccountId;
import sotto.node.api.Contact;
import sotto.node.api.ContactPath;
import sotto.node.api.Conversation;
import sotto.node.api.DisplayName;
import sotto.node.api.Knock;
import sotto.node.api.Message;
import sotto.node.api.MessageId;
import sotto.node.api.MessageState;
import sotto.node.api.SafeText;
import sotto.node.api.Status;
import sotto.tui.model.Chat;
import sotto.tui.model.Line;
import sotto.tui.model.Notice;
import sotto.tui.model.Panel;
import sotto.tui.model.Scroll;
import sotto.tui.model.Talk;

/** States to be painted. */
final class Scenes {
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private Scenes() {}

    static AccountId id(int number) {
        return new AccountId(String.format("%064x", number));
    }

    static Contact contact(int number, DisplayName name) {
        return new Contact(
                id(number), name, name, "", false, false, ContactPath.DIRECT, List.of(), "1".repeat(60), NOON);
    }

    static Message message(int position, boolean isMine, String text, MessageState state) {
        return new Message(
                new MessageId(String.format("%032x", position)),
                id(1),
                position,
                isMine,
                new SafeText(text),
                state,
                NOON.plusSeconds(position * 60L),
                true);
    }

    static Message received(int position, String text) {
        return message(position, false, text, new MessageState.Delivered(NOON));
    }

    static Chat chat(String account, List<Contact> contacts, List<Message> messages, Scroll scroll) {
        Status status = new Status(
                Status.Life.OPEN,
                "",
                Optional.of(new Status.Account(DisplayName.of(account), id(99))),
                List.of(),
                2,
                0,
                0,
                false,
                0,
                "",
                0);
        List<Conversation> conversations = new ArrayList<>();
        contacts.forEach(contact -> conversations.add(new Conversation(contact, Optional.empty(), 0)));
        Talk talk = new Talk(contacts.get(0).id(), messages, false, false, false, scroll);
        return new Chat(
                status,
                conversations,
                List.of(),
                Optional.of(talk),
                Line.EMPTY,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                0);
    }

    static Chat withBob(String... texts) {
        List<Message> messages = new ArrayList<>();
        for (String text : texts) {
            messages.add(received(messages.size() + 1, text));
        }
        return chat("Alice", List.of(contact(1, DisplayName.of("Bob"))), messages, Scroll.NEWEST);
    }

    static Chat with(Chat chat, Line input) {
        return new Chat(
                chat.status(),
                chat.conversations(),
                chat.knocks(),
                chat.talk(),
                input,
                chat.drafts(),
                chat.panel(),
                chat.notice(),
                chat.tips(),
                0);
    }

    static Chat with(Chat chat, Panel panel) {
        return new Chat(
                chat.status(),
                chat.conversations(),
                chat.knocks(),
                chat.talk(),
                chat.input(),
                chat.drafts(),
                Optional.of(panel),
                chat.notice(),
                chat.tips(),
                0);
    }

    static Chat with(Chat chat, Notice notice) {
        return new Chat(
                chat.status(),
                chat.conversations(),
                chat.knocks(),
                chat.talk(),
                chat.input(),
                chat.drafts(),
                chat.panel(),
                Optional.of(notice),
                chat.tips(),
                0);
    }

    /** With so many knocks of ours under way. */
    static Chat waiting(Chat chat, int knocks) {
        Knock knock = new Knock("k", List.of("/ip4/203.0.113.7/tcp/4001"), NOON, NOON);
        return new Chat(
                chat.status(),
                chat.conversations(),
                Collections.nCopies(knocks, knock),
                chat.talk(),
                chat.input(),
                chat.drafts(),
                chat.panel(),
                chat.notice(),
                chat.tips(),
                0);
    }
}

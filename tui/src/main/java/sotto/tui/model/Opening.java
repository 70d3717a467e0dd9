package sotto.tui.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sotto.node.api.AccountId;
import sotto.node.api.Contact;
import sotto.node.api.Conversation;
import sotto.node.api.HistoryPage;

/** Moving from one conversation to another. */
final class Opening {
    private Opening() {}

    /** Opens the conversation with {@code contact}, keeps what was being written, loads the newest messages. */
    static Step open(Chat chat, AccountId contact) {
        if (chat.isOpen(contact)) {
            return chat.then();
        }
        Map<AccountId, Line> drafts = new HashMap<>(chat.drafts());
        chat.talk().ifPresent(t -> drafts.put(t.contact(), chat.input()));
        Line draft = drafts.containsKey(contact)
                ? drafts.remove(contact)
                : chat.talk().isPresent() ? Line.EMPTY : chat.input();
        Chat opened =
                chat.withDrafts(drafts).with(draft).with(Talk.opening(contact)).withoutNotice();
        Step step = withTips(opened).then(newest(contact));
        return chat.conversation(contact).filter(c -> c.unread() > 0).isPresent()
                ? step.and(new Effect.MarkRead(contact))
                : step;
    }

    /** The conversation {@code steps} further down the list, around its ends. */
    static Step move(Chat chat, int steps) {
        List<AccountId> order =
                chat.conversations().stream().map(c -> c.contact().id()).toList();
        if (order.isEmpty()) {
            return chat.then();
        }
        int at = chat.talk().map(t -> order.indexOf(t.contact())).orElse(-1);
        return open(chat, order.get(Math.floorMod(at + steps, order.size())));
    }

    /** The latest conversation with something unread, or the next one. */
    static Step nextUnread(Chat chat) {
        return chat.conversations().stream()
                .filter(c -> c.unread() > 0)
                .map(Conversation::contact)
                .map(c -> open(chat, c.id()))
                .findFirst()
                .orElseGet(() -> move(chat, 1));
    }

    static Effect newest(AccountId contact) {
        return new Effect.LoadHistory(contact, HistoryPage.newest(Talk.PAGE));
    }

    static Effect older(Talk talk) {
        long before = talk.messages().isEmpty()
                ? Long.MAX_VALUE
                : talk.messages().get(0).position();
        return new Effect.LoadHistory(talk.contact(), new HistoryPage(before, Talk.PAGE));
    }

    /** Says what matters about the partner, once. */
    private static Chat withTips(Chat chat) {
        return chat.partner()
                .map(partner -> lookalikeWarning(partner)
                        .map(warning -> chat.tipOnce("lookalike " + partner.id(), warning))
                        .orElseGet(() -> partner.isVerified() ? chat : withTipToVerify(chat, partner)))
                .orElse(chat);
    }

    private static Chat withTipToVerify(Chat chat, Contact partner) {
        return chat.tipOnce("unverified", tipToVerify(partner));
    }

    private static Notice tipToVerify(Contact partner) {
        return Notice.tip(
                "Tip: " + partner.name() + " is not verified. Compare /safety by voice or in person, then /verify.");
    }

    /** With a contact as it is now; the tip to verify it goes once somebody did, here or elsewhere. */
    static Chat changed(Chat chat, Contact contact) {
        boolean isFollowed = contact.isVerified()
                && chat.conversation(contact.id())
                        .map(before -> tipToVerify(before.contact()))
                        .equals(chat.notice());
        return (isFollowed ? chat.withoutNotice() : chat).with(contact);
    }

    /** A name like another's may be a trick. */
    static Optional<Notice> lookalikeWarning(Contact contact) {
        return contact.lookalikes().stream()
                .findFirst()
                .map(other -> Notice.warning("Tip: \u201c" + contact.name() + "\u201d looks like your contact \u201c"
                        + other + "\u201d. Not the same person unless /safety says so."));
    }
}

package sotto.tui.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sotto.node.api.Contact;
import sotto.node.api.ContactPath;
import sotto.node.api.Conversation;
import sotto.node.api.Status;
import sotto.tui.model.Chat;
import sotto.tui.model.Notice;
import sotto.tui.model.Scroll;
import sotto.tui.view.Glyphs.Glyph;
import sotto.tui.view.HistoryPane.Paper;
import sotto.tui.view.HistoryPane.Standing;

/** The main screen: conversations, messages, a line to write on, what is going on. */
final class ChatPage {
    /** Narrower, and the conversations are one line at the top. */
    private static final int WIDE = 60;

    /** Lower, and there are no rules between the parts. */
    private static final int HIGH = 16;

    /** Longer rows are hard to read. */
    private static final int MESSAGES_WIDTH_MAX = 110;

    private static final int INPUT_ROWS_MAX = 6;

    /** What share of the screen a notice may take: its end says what to do. */
    private static final int NOTICE_SHARE = 3;

    private static final Style RULE = Style.FAINT;

    private final Chat chat;
    private final Paper paper;
    private final Area screen;
    private final int listWidth;
    private final int ruleHeight;

    ChatPage(Chat chat, Paper paper, Area screen) {
        this.chat = chat;
        this.paper = paper;
        this.screen = screen;
        boolean isWide = screen.width() >= WIDE;
        this.listWidth = isWide ? Math.max(18, Math.min(30, screen.width() / 4)) : 0;
        this.ruleHeight = screen.height() >= HIGH ? 1 : 0;
    }

    Standing paint() {
        InputBox input = InputBox.of(chat.input(), screen.width());
        int inputHeight = Math.min(input.height(), Math.min(INPUT_ROWS_MAX, Math.max(1, screen.height() / 4)));
        List<List<Glyph>> notice = notice();
        int bottom = screen.height() - 1;
        int inputTop = bottom - inputHeight;
        int noticeTop = inputTop - notice.size();
        int ruleTop = noticeTop - ruleHeight;
        int bodyTop = 1 + ruleHeight;
        header(screen.part(0, 0, screen.width(), 1));
        if (ruleHeight > 0) {
            rule(1, "\u252c");
            rule(ruleTop, "\u2534");
        }
        Area body = screen.part(0, bodyTop, screen.width(), Math.max(0, ruleTop - bodyTop));
        Standing standing = body(body);
        for (int i = 0; i < notice.size(); i++) {
            screen.put(1, noticeTop + i, notice.get(i), noticeStyle());
        }
        input.paint(screen.part(0, inputTop, screen.width(), inputHeight), true);
        statusBar(screen.part(0, bottom, screen.width(), 1), standing.scroll());
        return standing;
    }

    private void rule(int y, String joint) {
        screen.fill(y, "\u2500", RULE);
        if (listWidth > 0) {
            screen.put(listWidth, y, joint, RULE);
        }
    }

    private void header(Area area) {
        Optional<Contact> partner = chat.partner();
        if (listWidth > 0) {
            area.put(1, 0, "Sotto", Style.BOLD);
            area.put(listWidth, 0, "\u2502", RULE);
        }
        Area right = listWidth > 0 ? area.part(listWidth + 2, 0, area.width(), 1) : area;
        if (partner.isEmpty()) {
            right.put(listWidth > 0 ? 0 : 1, 0, listWidth > 0 ? "" : "Sotto", Style.BOLD);
            return;
        }
        String about = listWidth > 0 ? about(partner.get()) : shortAbout(partner.get());
        int room = Math.max(4, right.width() - Glyphs.width(about) - 3);
        int end = name(right, 0, 0, room, partner.get());
        right.put(end + 2, 0, about, Style.FAINT);
    }

    /** Where there is no list: what is most urgent, and what the list would show. */
    private String shortAbout(Contact contact) {
        int unread = chat.conversations().stream()
                .filter(c -> !isOpen(c))
                .mapToInt(Conversation::unread)
                .sum();
        String path = contact.isBlocked() ? "blocked" : contact.path().word();
        return unread == 0 ? about(contact) : path + " \u00b7 Tab: " + unread + " new";
    }

    private static String about(Contact contact) {
        List<String> facts = new ArrayList<>();
        facts.add(contact.isVerified() ? "verified" : "not verified");
        facts.add(contact.isBlocked() ? "blocked" : contact.path().word());
        return String.join(" \u00b7 ", facts);
    }

    /** A name with its marks; returns the column behind it. */
    private static int name(Area area, int x, int y, int room, Contact contact) {
        String marks =
                (contact.isVerified() ? " \u2713" : "") + (contact.lookalikes().isEmpty() ? "" : " \u2248");
        int end = area.putCut(x, y, room - Glyphs.width(marks), contact.name().toString(), Style.BOLD);
        if (contact.isVerified()) {
            end = area.put(end, y, " \u2713", Style.PLAIN.in(Style.Colour.GREEN));
        }
        return contact.lookalikes().isEmpty()
                ? end
                : area.put(end, y, " \u2248", Style.PLAIN.in(Style.Colour.RED).bold());
    }

    private Standing body(Area body) {
        if (listWidth > 0) {
            list(body.part(0, 0, listWidth, body.height()));
            for (int y = 0; y < body.height(); y++) {
                body.put(listWidth, y, "\u2502", RULE);
            }
        }
        int width = Math.min(MESSAGES_WIDTH_MAX, body.width() - (listWidth > 0 ? listWidth + 3 : 0));
        Area right = body.part(listWidth > 0 ? listWidth + 2 : 0, 0, width, body.height());
        if (chat.talk().isEmpty()) {
            new EmptyPage(chat.knocks()).paint(right);
            return new Standing(Scroll.NEWEST, false);
        }
        String partner = chat.partner().map(p -> p.name().toString()).orElse("");
        return new HistoryPane(chat.talk().get(), partner, paper, right).paint();
    }

    private void list(Area area) {
        int open = -1;
        List<Conversation> conversations = chat.conversations();
        for (int i = 0; i < conversations.size(); i++) {
            boolean isOpen = isOpen(conversations.get(i));
            open = isOpen ? i : open;
        }
        int height = area.height() - (chat.knocks().isEmpty() ? 0 : 1);
        int first = Math.max(0, open - height + 1);
        int y = 0;
        for (; y < height && first + y < conversations.size(); y++) {
            entry(area, y, conversations.get(first + y));
        }
        area.part(1, y, area.width() - 2, 1).put(0, 0, waiting(), Style.PLAIN.in(Style.Colour.YELLOW));
    }

    /** What became of codes that were added: nothing yet. */
    private String waiting() {
        int count = chat.knocks().size();
        return count == 0 ? "" : "\u00b7 " + (count == 1 ? "1 code waits" : count + " codes wait");
    }

    private boolean isOpen(Conversation conversation) {
        return chat.talk()
                .filter(t -> t.contact().equals(conversation.contact().id()))
                .isPresent();
    }

    private void entry(Area area, int y, Conversation conversation) {
        Contact contact = conversation.contact();
        boolean isOpen = isOpen(conversation);
        boolean isReachable = contact.path() != ContactPath.OFFLINE;
        String unread = conversation.unread() == 0 ? "" : Integer.toString(conversation.unread());
        area.put(
                0, y, isOpen ? "\u25b8" : " ", Style.PLAIN.in(Style.Colour.CYAN).bold());
        area.put(
                1,
                y,
                isReachable ? "\u25cf" : "\u25cb",
                isReachable ? Style.PLAIN.in(Style.Colour.GREEN) : Style.FAINT);
        int room = area.width() - 4 - (unread.isEmpty() ? 0 : unread.length() + 1);
        int end = name(area, 3, y, room, contact);
        if (contact.isBlocked()) {
            area.put(end + 1, y, "\u2298", Style.PLAIN.in(Style.Colour.RED));
        }
        area.part(0, y, area.width() - 1, 1)
                .putRight(0, unread, Style.PLAIN.in(Style.Colour.YELLOW).bold());
    }

    private List<List<Glyph>> notice() {
        List<List<Glyph>> rows = chat.notice()
                .map(notice -> Wrap.rows(notice.text(), screen.width() - 2))
                .orElse(List.of());
        return rows.subList(0, Math.min(rows.size(), Math.max(1, screen.height() / NOTICE_SHARE)));
    }

    private Style noticeStyle() {
        Notice.Kind kind = chat.notice().map(Notice::kind).orElse(Notice.Kind.NEWS);
        return switch (kind) {
            case NEWS -> Style.PLAIN.in(Style.Colour.CYAN);
            case TIP -> Style.PLAIN.in(Style.Colour.YELLOW);
            case WARNING -> Style.PLAIN.in(Style.Colour.RED).bold();
        };
    }

    private void statusBar(Area area, Scroll scroll) {
        Status status = chat.status();
        String right = scroll.isAtNewest() ? "/help " : "\u2193 newer: Ctrl+End ";
        area.fill(0, " ", Style.REVERSED);
        List<String> facts = new ArrayList<>();
        status.account().ifPresent(account -> facts.add(account.name().toString()));
        if (listWidth == 0 && !chat.knocks().isEmpty()) {
            facts.add(waiting().substring(2));
        }
        facts.add(status.connections() == 1 ? "1 connection" : status.connections() + " connections");
        if (status.outbox() > 0) {
            facts.add(status.outbox() + " waiting");
        }
        if (status.isLanOnly()) {
            facts.add("LAN only");
        }
        int room = area.width() - 2 - Glyphs.width(right);
        area.putCut(1, 0, room, String.join(" \u00b7 ", facts), Style.REVERSED);
        area.putRight(0, right, Style.REVERSED);
    }
}

package sotto.tui.model;

import java.util.Optional;

/** What keys do on the main screen. */
final class ChatKeys {
    private final Chat chat;

    ChatKeys(Chat chat) {
        this.chat = chat;
    }

    Step typed(Key key) {
        if (chat.panel().isPresent()) {
            return onPanel(chat.panel().get(), key);
        }
        return key.match(text -> insert(text.characters()), paste -> pasted(paste), this::pressed, this::chord);
    }

    private Step insert(String characters) {
        return chat.with(chat.input().insert(characters)).then();
    }

    private Step pasted(Key.Paste paste) {
        Chat changed = chat.with(chat.input().insert(paste.characters()));
        return (paste.isCut() ? changed.with(Notice.warning("The paste was too long; its end is missing.")) : changed)
                .then();
    }

    private Step pressed(Key.Press press) {
        boolean isModified = press.isControl() || press.isAlt();
        return switch (press.name()) {
            case ENTER -> press.isAlt() ? insert("\n") : Submission.submit(chat);
            case TAB -> Opening.nextUnread(chat);
            case BACK_TAB -> Opening.move(chat, -1);
            case ESCAPE -> chat.withoutNotice().then();
            case UP ->
                isModified
                        ? Opening.move(chat, -1)
                        : scrolled(chat.talk().map(t -> t.scroll().byRows(1)));
            case DOWN ->
                isModified
                        ? Opening.move(chat, 1)
                        : scrolled(chat.talk().map(t -> t.scroll().byRows(-1)));
            case PAGE_UP -> scrolled(chat.talk().map(t -> t.scroll().byPages(1)));
            case PAGE_DOWN -> scrolled(chat.talk().map(t -> t.scroll().byPages(-1)));
            case F1 -> chat.with(Panels.help()).then();
            case END -> press.isControl() ? newest() : edited(press);
            default -> edited(press);
        };
    }

    private Step edited(Key.Press press) {
        return chat.with(Shortcuts.edited(chat.input(), press)).then();
    }

    private Step chord(Key.Chord chord) {
        return chord.isControl() && !chord.isAlt() ? control(chord) : edited(chord);
    }

    private Step control(Key.Chord chord) {
        return switch (chord.codePoint()) {
            case 'n' -> Opening.move(chat, 1);
            case 'p' -> Opening.move(chat, -1);
            case 'j' -> insert("\n");
            case 'd' -> chat.input().isEmpty() ? Shortcuts.leave() : edited(chord);
            default -> edited(chord);
        };
    }

    private Step edited(Key.Chord chord) {
        return chat.with(Shortcuts.edited(chat.input(), chord)).then();
    }

    private Step scrolled(Optional<Scroll> scroll) {
        Optional<Talk> talk = chat.talk().flatMap(t -> scroll.map(t::with));
        return chat.withTalk(talk).then();
    }

    private Step newest() {
        return scrolled(Optional.of(Scroll.NEWEST));
    }

    private Step onPanel(Panel panel, Key key) {
        if (panel.question().isPresent() && key instanceof Key.Text text) {
            return answered(panel.question().get(), text.characters());
        }
        if (key instanceof Key.Press press) {
            return switch (press.name()) {
                case ESCAPE, ENTER -> chat.withoutPanel().then();
                case UP -> chat.withPanelTop(panel.scrolledTo(panel.top() - 1)).then();
                case DOWN ->
                    chat.withPanelTop(panel.scrolledTo(panel.top() + 1)).then();
                case PAGE_UP ->
                    chat.withPanelTop(panel.scrolledTo(panel.top() - Panel.PAGE_ROWS))
                            .then();
                case PAGE_DOWN ->
                    chat.withPanelTop(panel.scrolledTo(panel.top() + Panel.PAGE_ROWS))
                            .then();
                default -> chat.then();
            };
        }
        return chat.then();
    }

    /** Only a plain y does it: anything else leaves things as they are. */
    private Step answered(Panel.Question question, String answer) {
        if (answer.equalsIgnoreCase("y")) {
            return chat.withoutPanel().with(question.yes()).then(question.onYes());
        }
        return (answer.equalsIgnoreCase("n") ? chat.withoutPanel().with(question.no()) : chat).then();
    }
}

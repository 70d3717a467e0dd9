package sotto.tui.model;

import java.util.Optional;

/** What keys mean wherever one types. */
final class Shortcuts {
    private Shortcuts() {}

    /** What a key does whatever the screen, if it does. */
    static Optional<Step> anywhere(AppState state, Key key) {
        if (!(key instanceof Key.Chord chord) || !chord.isControl() || chord.isAlt()) {
            return Optional.empty();
        }
        return switch (chord.codePoint()) {
            case 'c' -> Optional.of(interrupted(state));
            case 'l' -> Optional.of(state.then(new Effect.Repaint()));
            case 'z' -> Optional.of(state.then(new Effect.Suspend()));
            default -> Optional.empty();
        };
    }

    /** As in a shell: what was typed goes first. */
    private static Step interrupted(AppState state) {
        return state instanceof Chat chat && !chat.input().isEmpty()
                ? chat.with(Line.EMPTY).then()
                : leave();
    }

    static Step leave() {
        return AppState.Left.wished().then();
    }

    /** Line feeds as blanks, for what is one line by nature. */
    static String oneLine(String characters) {
        return characters.replaceAll("[\\r\\n]+", " ");
    }

    /** The line after an editing key; the same line after any other. */
    static Line edited(Line line, Key.Press press) {
        boolean isByWord = press.isControl() || press.isAlt();
        return switch (press.name()) {
            case BACKSPACE -> press.isAlt() ? line.deleteWordLeft() : line.backspace();
            case DELETE -> line.delete();
            case LEFT -> isByWord ? line.wordLeft() : line.left();
            case RIGHT -> isByWord ? line.wordRight() : line.right();
            case HOME -> line.home();
            case END -> line.end();
            default -> line;
        };
    }

    /** The line after an editing chord, as shells have them; the same line after any other. */
    static Line edited(Line line, Key.Chord chord) {
        if (chord.isControl() && !chord.isAlt()) {
            return switch (chord.codePoint()) {
                case 'a' -> line.home();
                case 'e' -> line.end();
                case 'b' -> line.left();
                case 'f' -> line.right();
                case 'd' -> line.delete();
                case 'w' -> line.deleteWordLeft();
                case 'u' -> line.deleteToHome();
                case 'k' -> line.deleteToEnd();
                default -> line;
            };
        }
        return switch (chord.codePoint()) {
            case 'b' -> line.wordLeft();
            case 'f' -> line.wordRight();
            default -> line;
        };
    }
}

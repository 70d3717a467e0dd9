package sotto.tui.model;

import java.util.function.Function;

/** What somebody did at the keyboard. */
public sealed interface Key {
    /** Printable characters that arrived together, in order; not yet made harmless. */
    record Text(String characters) implements Key {}

    /** Something pasted, as one piece; not yet made harmless. {@code isCut} where it was longer than is taken. */
    record Paste(String characters, boolean isCut) implements Key {}

    /** A key with a name of its own. */
    record Press(Name name, boolean isControl, boolean isAlt) implements Key {
        /** The key alone. */
        public Press(Name name) {
            this(name, false, false);
        }
    }

    /** A letter or sign held with Control, Alt or both; letters are lower case. */
    record Chord(int codePoint, boolean isControl, boolean isAlt) implements Key {}

    /** The keys that have names. */
    enum Name {
        ENTER,
        TAB,
        BACK_TAB,
        ESCAPE,
        BACKSPACE,
        DELETE,
        UP,
        DOWN,
        LEFT,
        RIGHT,
        HOME,
        END,
        PAGE_UP,
        PAGE_DOWN,
        F1,
        /** A key that means nothing here. */
        OTHER
    }

    /** Control with a letter. */
    static Key control(char letter) {
        return new Chord(letter, true, false);
    }

    /** One answer per kind of key. */
    default <T> T match(
            Function<Text, T> onText,
            Function<Paste, T> onPaste,
            Function<Press, T> onPress,
            Function<Chord, T> onChord) {
        if (this instanceof Text text) {
            return onText.apply(text);
        }
        if (this instanceof Paste paste) {
            return onPaste.apply(paste);
        }
        if (this instanceof Press press) {
            return onPress.apply(press);
        }
        return onChord.apply((Chord) this);
    }
}

package sotto.tui.model;

import java.util.Arrays;
import sotto.node.api.Passphrase;

/**
 * A passphrase that is being typed. It is shown as dots and kept in an array that is wiped: every change returns the next line
 * and wipes this one, so a line is used once. Prints as its length.
 */
public final class HiddenLine {
    /** More than anybody types, so that a paste gone wrong does not become a passphrase. */
    public static final int LENGTH_MAX = 1024;

    private final char[] characters;

    private HiddenLine(char[] characters) {
        this.characters = characters;
    }

    public static HiddenLine empty() {
        return new HiddenLine(new char[0]);
    }

    public boolean isEmpty() {
        return characters.length == 0;
    }

    /** How many dots stand for it. */
    public int length() {
        return Character.codePointCount(characters, 0, characters.length);
    }

    public boolean isSameAs(HiddenLine other) {
        return Arrays.equals(characters, other.characters);
    }

    /** Appends what can be typed: no control characters, no halves of characters. */
    public HiddenLine append(String typed) {
        int[] kept = typed.codePoints().filter(HiddenLine::isTypable).toArray();
        char[] added = new String(kept, 0, kept.length).toCharArray();
        if (characters.length + added.length > LENGTH_MAX) {
            return this;
        }
        char[] longer = Arrays.copyOf(characters, characters.length + added.length);
        System.arraycopy(added, 0, longer, characters.length, added.length);
        Arrays.fill(kept, 0);
        Arrays.fill(added, '\0');
        return replacedBy(longer);
    }

    public HiddenLine backspace() {
        int last = characters.length == 0
                ? 0
                : Character.charCount(Character.codePointBefore(characters, characters.length));
        return replacedBy(Arrays.copyOf(characters, characters.length - last));
    }

    public HiddenLine cleared() {
        return replacedBy(new char[0]);
    }

    /** A copy that its receiver wipes. */
    public Passphrase passphrase() {
        return Passphrase.owning(characters.clone());
    }

    private HiddenLine replacedBy(char[] next) {
        Arrays.fill(characters, '\0');
        return new HiddenLine(next);
    }

    private static boolean isTypable(int codePoint) {
        return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
    }

    @Override
    public String toString() {
        return "HiddenLine of " + length();
    }
}

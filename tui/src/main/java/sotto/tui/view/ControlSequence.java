package sotto.tui.view;

import java.util.Optional;
import sotto.tui.model.Key;

/** A complete control sequence from the keyboard: what stood between CSI and the last character, and that character. */
record ControlSequence(String parameters, char last) {
    private static final int CONTROL = 4;
    private static final int ALT = 2;
    private static final int SHIFT = 1;
    private static final int RELEASED = 3;

    boolean isPasteStart() {
        return last == '~' && parameters.equals("200");
    }

    /** The key, or empty for what is not one: replies, focus, mouse, keys let go. */
    Optional<Key> key() {
        return switch (last) {
            case 'A' -> press(Key.Name.UP);
            case 'B' -> press(Key.Name.DOWN);
            case 'C' -> press(Key.Name.RIGHT);
            case 'D' -> press(Key.Name.LEFT);
            case 'H' -> press(Key.Name.HOME);
            case 'F' -> press(Key.Name.END);
            case 'P' -> press(Key.Name.F1);
            case 'Z' -> press(Key.Name.BACK_TAB);
            case '~' -> parameter(0) == 27 ? typed(parameter(2)) : numbered();
            case 'u' -> typed(parameter(0));
            default -> Optional.empty();
        };
    }

    private Optional<Key> numbered() {
        return switch (parameter(0)) {
            case 1, 7 -> press(Key.Name.HOME);
            case 2 -> press(Key.Name.OTHER);
            case 3 -> press(Key.Name.DELETE);
            case 4, 8 -> press(Key.Name.END);
            case 5 -> press(Key.Name.PAGE_UP);
            case 6 -> press(Key.Name.PAGE_DOWN);
            case 11 -> press(Key.Name.F1);
            default -> Optional.empty();
        };
    }

    private Optional<Key> press(Key.Name name) {
        boolean isPlain = parameters.isEmpty() || Character.isDigit(parameters.charAt(0));
        if (!isPlain || isRelease()) {
            return Optional.empty();
        }
        return Optional.of(new Key.Press(name, has(CONTROL), has(ALT)));
    }

    /** A key that is told by its code point, with modifiers beside it. */
    private Optional<Key> typed(int codePoint) {
        if (isRelease()) {
            return Optional.empty();
        }
        return switch (codePoint) {
            case 13 -> press(Key.Name.ENTER);
            case 27 -> press(Key.Name.ESCAPE);
            case 9 -> press(has(SHIFT) ? Key.Name.BACK_TAB : Key.Name.TAB);
            case 8, 127 -> press(Key.Name.BACKSPACE);
            default -> isCharacter(codePoint) ? Optional.of(character(codePoint)) : Optional.empty();
        };
    }

    private Key character(int codePoint) {
        if (has(CONTROL) || has(ALT)) {
            return new Key.Chord(Character.toLowerCase(codePoint), has(CONTROL), has(ALT));
        }
        return new Key.Text(Character.toString(has(SHIFT) ? Character.toUpperCase(codePoint) : codePoint));
    }

    /** Printable, and not one of the private numbers that stand for keys such as Caps Lock. */
    private static boolean isCharacter(int codePoint) {
        return codePoint >= ' '
                && Character.isValidCodePoint(codePoint)
                && !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.PRIVATE_USE
                && Character.getType(codePoint) != Character.SURROGATE;
    }

    private boolean has(int modifier) {
        return ((Math.max(1, parameter(1)) - 1) & modifier) != 0;
    }

    private boolean isRelease() {
        String[] parts = parameters.split(";", -1);
        int colon = parts.length < 2 ? -1 : parts[1].indexOf(':');
        return colon >= 0 && number(parts[1].substring(colon + 1)) == RELEASED;
    }

    /** The parameter at {@code index}, without what follows a colon; 0 where there is none. */
    private int parameter(int index) {
        String[] parts = parameters.split(";", -1);
        if (index >= parts.length) {
            return 0;
        }
        int colon = parts[index].indexOf(':');
        return number(colon < 0 ? parts[index] : parts[index].substring(0, colon));
    }

    private static int number(String digits) {
        boolean isNumber =
                !digits.isEmpty() && digits.length() <= 7 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Integer.parseInt(digits) : 0;
    }
}

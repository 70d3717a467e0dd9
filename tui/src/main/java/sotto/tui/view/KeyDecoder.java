package sotto.tui.view;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sotto.tui.model.Key;

/**
 * Bytes from a terminal to keys. Takes UTF-8, the control sequences of xterm and its relatives, CSI u, and marked pastes.
 * Whatever else is well-formed (CSI, OSC, DCS, mouse, replies) is swallowed whole and never becomes text. Bytes may come in any
 * pieces. Not thread-safe.
 */
public final class KeyDecoder {
    /** What is kept of one paste; four times what a message may have. */
    public static final int PASTE_BYTES_MAX = 256 * 1024;

    /** How long the rest of a sequence may take: a terminal sends it at once, a person does not type it. */
    private static final Duration SEQUENCE_PATIENCE = Duration.ofMillis(40);

    /** A paste that says nothing for so long has lost its end. */
    private static final Duration PASTE_PATIENCE = Duration.ofSeconds(2);

    private static final int PARAMETERS_MAX = 64;
    private static final byte[] PASTE_END = "\u001b[201~".getBytes(StandardCharsets.US_ASCII);
    private static final int ESC = 0x1b;

    /** What the next byte belongs to. */
    private enum State {
        GROUND,
        ESCAPE,
        CSI,
        SS3,
        /** OSC, DCS, APC, PM, SOS: up to BEL or ST. */
        STRING,
        STRING_ESCAPE,
        /** Bytes that follow a sequence as a fixed number. */
        SKIP,
        LINUX_FUNCTION,
        PASTE
    }

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final StringBuilder parameters = new StringBuilder();
    private final ByteArrayOutputStream paste = new ByteArrayOutputStream();
    private List<Key> keys = new ArrayList<>();
    private State state = State.GROUND;
    private int toSkip;
    private int pasteEndSeen;
    private boolean isPasteCut;

    /** Takes the first {@code length} bytes; returns what they completed. */
    public List<Key> feed(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            take(bytes[i] & 0xff);
        }
        flushText(false);
        return taken();
    }

    /** How long to wait for more before {@link #giveUp}; empty if nothing is half done. */
    public Optional<Duration> patience() {
        return switch (state) {
            case GROUND -> text.size() == 0 ? Optional.empty() : Optional.of(SEQUENCE_PATIENCE);
            case PASTE -> Optional.of(PASTE_PATIENCE);
            default -> Optional.of(SEQUENCE_PATIENCE);
        };
    }

    /** Nothing more came in time: an escape was the key itself, half a sequence is forgotten. */
    public List<Key> giveUp() {
        if (state == State.ESCAPE) {
            keys.add(new Key.Press(Key.Name.ESCAPE));
        } else if (state == State.PASTE) {
            endPaste();
        }
        state = State.GROUND;
        flushText(true);
        return taken();
    }

    private List<Key> taken() {
        List<Key> taken = keys;
        keys = new ArrayList<>();
        return taken;
    }

    private void take(int b) {
        switch (state) {
            case GROUND -> ground(b);
            case ESCAPE -> escape(b);
            case CSI -> csi(b);
            case SS3 -> ss3(b);
            case STRING -> string(b);
            case STRING_ESCAPE -> stringEscape(b);
            case SKIP -> {
                toSkip--;
                state = toSkip > 0 ? State.SKIP : State.GROUND;
            }
            case LINUX_FUNCTION -> {
                state = State.GROUND;
                press(b == 'A' ? Key.Name.F1 : Key.Name.OTHER, 0);
            }
            case PASTE -> pasted(b);
        }
    }

    private void ground(int b) {
        if (b == ESC) {
            flushText(true);
            state = State.ESCAPE;
        } else if (b >= 0x20 && b != 0x7f) {
            text.write(b);
        } else {
            flushText(true);
            keys.add(control(b, false));
        }
    }

    /** The key behind one of the ASCII control characters. */
    private static Key control(int b, boolean isAlt) {
        return switch (b) {
            case '\r' -> new Key.Press(Key.Name.ENTER, false, isAlt);
            case '\t' -> new Key.Press(Key.Name.TAB, false, isAlt);
            case 0x7f, '\b' -> new Key.Press(Key.Name.BACKSPACE, false, isAlt);
            case 0 -> new Key.Chord(' ', true, isAlt);
            default -> new Key.Chord(b <= 26 ? b + 'a' - 1 : b + 0x40, true, isAlt);
        };
    }

    private void escape(int b) {
        state = State.GROUND;
        switch (b) {
            case '[' -> {
                parameters.setLength(0);
                state = State.CSI;
            }
            case 'O' -> state = State.SS3;
            case ']', 'P', 'X', '^', '_' -> state = State.STRING;
            case ESC -> {
                press(Key.Name.ESCAPE, 0);
                state = State.ESCAPE;
            }
            default -> {
                if (b >= 0x80) {
                    press(Key.Name.ESCAPE, 0);
                    ground(b);
                } else {
                    keys.add(
                            b < 0x20 || b == 0x7f
                                    ? control(b, true)
                                    : new Key.Chord(Character.toLowerCase(b), false, true));
                }
            }
        }
    }

    private void csi(int b) {
        if (b >= 0x20 && b < 0x40) {
            if (parameters.length() < PARAMETERS_MAX) {
                parameters.append((char) b);
            }
        } else if (b == '[' && parameters.length() == 0) {
            state = State.LINUX_FUNCTION;
        } else if (b >= 0x40 && b < 0x7f) {
            state = State.GROUND;
            finish(b);
        } else {
            // Not a sequence after all, or one that was broken off.
            state = State.GROUND;
            ground(b);
        }
    }

    private void finish(int last) {
        ControlSequence sequence = new ControlSequence(parameters.toString(), (char) last);
        if (sequence.isPasteStart()) {
            paste.reset();
            pasteEndSeen = 0;
            isPasteCut = false;
            state = State.PASTE;
        } else if (last == 'M' && parameters.length() == 0) {
            // A mouse report of the oldest kind, from a mode somebody else left on.
            toSkip = 3;
            state = State.SKIP;
        } else {
            sequence.key().ifPresent(keys::add);
        }
    }

    private void ss3(int b) {
        if ((b >= '0' && b <= '9') || b == ';') {
            return;
        }
        state = State.GROUND;
        if (b == 'M') {
            press(Key.Name.ENTER, 0);
        } else if (b >= 0x40 && b < 0x7f) {
            new ControlSequence("", (char) b).key().ifPresent(keys::add);
        } else {
            ground(b);
        }
    }

    private void string(int b) {
        if (b == 0x07) {
            state = State.GROUND;
        } else if (b == ESC) {
            state = State.STRING_ESCAPE;
        }
    }

    private void stringEscape(int b) {
        if (b == '\\') {
            state = State.GROUND;
        } else {
            escape(b);
        }
    }

    /** Looks for the end mark byte by byte: it may come in pieces, and the paste may hold parts of it. */
    private void pasted(int b) {
        if (b == (PASTE_END[pasteEndSeen] & 0xff)) {
            pasteEndSeen++;
            if (pasteEndSeen == PASTE_END.length) {
                endPaste();
                state = State.GROUND;
            }
            return;
        }
        keep(PASTE_END, pasteEndSeen);
        pasteEndSeen = b == ESC ? 1 : 0;
        if (b != ESC) {
            keep(new byte[] {(byte) b}, 1);
        }
    }

    private void keep(byte[] bytes, int length) {
        int room = Math.min(length, PASTE_BYTES_MAX - paste.size());
        paste.write(bytes, 0, room);
        isPasteCut |= room < length;
    }

    private void endPaste() {
        int size = isPasteCut ? Utf8.completeLength(paste.toByteArray()) : paste.size();
        String pasted = new String(paste.toByteArray(), 0, size, StandardCharsets.UTF_8);
        keys.add(new Key.Paste(pasted, isPasteCut));
        paste.reset();
    }

    private void press(Key.Name name, int modifiers) {
        keys.add(new Key.Press(name, (modifiers & 4) != 0, (modifiers & 2) != 0));
    }

    /** What was typed so far; a character whose last bytes are still to come waits for them, unless nothing more can come. */
    private void flushText(boolean isAll) {
        if (text.size() == 0) {
            return;
        }
        byte[] bytes = text.toByteArray();
        int length = isAll ? bytes.length : Utf8.completeLength(bytes);
        text.reset();
        text.write(bytes, length, bytes.length - length);
        String typed = new String(bytes, 0, length, StandardCharsets.UTF_8)
                .codePoints()
                .filter(c -> !Character.isISOControl(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        if (!typed.isEmpty()) {
            keys.add(new Key.Text(typed));
        }
    }
}

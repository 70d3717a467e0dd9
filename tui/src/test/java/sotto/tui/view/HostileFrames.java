package sotto.tui.view;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import sotto.node.api.Contact;
import sotto.node.api.DisplayName;
import sotto.node.api.HostileText;
import sotto.node.api.Message;
import sotto.tui.model.Chat;
import sotto.tui.model.Scroll;

/**
 * Pairs of screens: one full of hostile names and messages, and its twin, where every character of theirs is replaced by a
 * harmless one of the same width. Whatever else a terminal shows, says or does must be the same for both.
 */
final class HostileFrames {
    private static final int NAMES = 4;
    private static final int MESSAGES = 12;
    static final int TEXTS_PER_PAIR = NAMES + MESSAGES;
    private static final List<Size> SIZES = List.of(new Size(80, 24), new Size(40, 12), new Size(61, 17));

    private HostileFrames() {}

    /**
     * Two frames.
     *
     * @param mask rows of cells: a dot for one that must look the same in both
     */
    record Pair(int number, Size size, String hostile, String harmless, List<String> mask) {
        /** The line for the oracle in JavaScript. */
        String json() {
            return "{\"name\":\"%d\",\"columns\":%d,\"rows\":%d,\"hostile\":\"%s\",\"harmless\":\"%s\",\"mask\":[\"%s\"]}"
                    .formatted(
                            number,
                            size.columns(),
                            size.rows(),
                            Base64.getEncoder().encodeToString(hostile.getBytes(StandardCharsets.UTF_8)),
                            Base64.getEncoder().encodeToString(harmless.getBytes(StandardCharsets.UTF_8)),
                            String.join("\",\"", mask));
        }
    }

    static Pair pair(int number, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed + number);
        List<String> names = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < NAMES; i++) {
            names.add(DisplayName.of(HostileText.next(random)).toString());
        }
        for (int i = 0; i < MESSAGES; i++) {
            texts.add(HostileText.next(random));
        }
        Size size = SIZES.get(number % SIZES.size());
        Painted hostile = painted(size, "h%05d".formatted(number), names, texts);
        Painted harmless = painted(
                size,
                "t%05d".formatted(number),
                names.stream().map(HostileFrames::twin).toList(),
                texts.stream().map(HostileFrames::twin).toList());
        return new Pair(number, size, frame(hostile), frame(harmless), mask(size, hostile, harmless));
    }

    private static String frame(Painted painted) {
        return new String(painted.takeBytes(), StandardCharsets.UTF_8);
    }

    private static Painted painted(Size size, String account, List<String> names, List<String> texts)
            throws IOException {
        List<Contact> contacts = new ArrayList<>();
        names.forEach(name -> contacts.add(Scenes.contact(contacts.size() + 1, DisplayName.of(name))));
        List<Message> messages = new ArrayList<>();
        texts.forEach(text -> messages.add(Scenes.received(messages.size() + 1, text)));
        Chat chat = Scenes.chat(account, contacts, messages, Scroll.NEWEST);
        Painted painted = new Painted(size);
        painted.paint(chat);
        return painted;
    }

    /** Blanks and line feeds stay, so that it wraps at the same places. */
    private static String twin(String text) {
        StringBuilder twin = new StringBuilder();
        for (Glyphs.Glyph glyph : Glyphs.of(text)) {
            twin.append(glyph.isBlank() || glyph.isLineFeed() ? glyph.text() : glyph.width() == 2 ? "\u6f22" : "x");
        }
        return twin.toString();
    }

    private static List<String> mask(Size size, Painted hostile, Painted harmless) {
        List<String> mask = new ArrayList<>();
        for (int y = 0; y < size.rows(); y++) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < size.columns(); x++) {
                boolean isSame = hostile.cell(x, y).equals(harmless.cell(x, y));
                boolean isHalf = x > 0 && hostile.cell(x - 1, y).isDoubleWidth() && row.charAt(x - 1) != '.';
                row.append(isSame && !isHalf ? '.' : '#');
            }
            mask.add(row.toString());
        }
        return mask;
    }
}

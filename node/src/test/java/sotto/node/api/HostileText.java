package sotto.node.api;

import java.util.List;
import java.util.random.RandomGenerator;

/** Texts as somebody would write them who wants to break a terminal or deceive its reader, mixed with ordinary ones. Seeded. */
public final class HostileText {
    private static final List<String> PIECES = List.of(
            "\u001b[2J",
            "\u001b]0;owned\u0007",
            "\u001b]52;c;b3duZWQ=\u0007",
            "\u001b[?1049h",
            "\u001b[?25l",
            "\u001bc",
            "\u001bP1$r0m\u001b\\",
            "\u001b[10;10H",
            "\u001b[31;5;7m",
            "\u001b(0",
            "\u009b2J",
            "\u009d0;owned\u009c",
            "\u0085",
            "\u0090q\u009c",
            "\u0007",
            "\b\b\b",
            "\u000b",
            "\f",
            "\u000e",
            "\u000f",
            "\u007f",
            "\u0000",
            "\r",
            "\r\n",
            "\n",
            "\t",
            "\u202e",
            "\u202d",
            "\u2066",
            "\u2067",
            "\u2069",
            "\u200e",
            "\u200f",
            "\u061c",
            "\u200b",
            "\u200c",
            "\u200d",
            "\u2060",
            "\ufeff",
            "\u00ad",
            "\u034f",
            "\u3164",
            "\u115f",
            "\u1160",
            "\uffa0",
            "\u180e",
            "\u2028",
            "\u2029",
            "\ufff9",
            "\ufffe",
            "\ufffd",
            "\ufdd0",
            "\ud800",
            "\udc00",
            "\ufe00",
            "\ufe0e",
            "\ufe0f",
            "\udb40\udd00",
            "\udb40\udc67",
            "\udb40\udc7f",
            "\u0301",
            "\u0489",
            "\u20e3",
            "\u0e33",
            "\u0e47",
            "\u0903",
            "\u094d",
            "\u05b8",
            "\u1100",
            "\u1161",
            "\u11a8",
            "\ud83c\udffb",
            "\ud83c\udde9",
            "\ud83c\uddea",
            "\ud83d\udc69",
            "\u2764",
            "\ud83c\udff4",
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f",
            "\u845b",
            "\u6f22\u5b57",
            "\u3042",
            "\uff21",
            "\u0639\u0644\u06cc",
            "\u05e9\u05dc\u05d5\u05dd",
            "\u0915\u094d\u0937\u093f",
            "\u1019\u103c\u103d\u103e\u102d\u102f\u1037",
            "e\u0301",
            "\ud834\udd73",
            "\ue000",
            "\udb80\udc00",
            "\u2800",
            "\u00a0",
            "\u3000",
            "\ufdfd",
            "\ud808\udc2b",
            "hello",
            "a",
            " ",
            "  ",
            "%n%s",
            "$(reboot)",
            "`id`",
            "\\e[31m",
            "\ud83e\udee8");

    private HostileText() {}

    /** One text of at most a few hundred characters. */
    public static String next(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(1, 24);
        for (int i = 0; i < pieces; i++) {
            switch (random.nextInt(8)) {
                case 0 -> text.append((char) random.nextInt(0x10000));
                case 1 -> text.appendCodePoint(random.nextInt(0x110000));
                case 2 -> text.append(anyPiece(random).repeat(random.nextInt(1, 40)));
                case 3 -> text.append((char) random.nextInt(0xA0));
                default -> text.append(anyPiece(random));
            }
        }
        return text.toString();
    }

    private static String anyPiece(RandomGenerator random) {
        return PIECES.get(random.nextInt(PIECES.size()));
    }
}

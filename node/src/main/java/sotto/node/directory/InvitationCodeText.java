package sotto.node.directory;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.wire.Addresses;
import sotto.node.wire.Locator;
import sotto.node.wire.WireLimits;

/** The text form of an {@link InvitationCode}. Stateless. */
final class InvitationCodeText {
    private static final String PREFIX = "sotto:";
    private static final String HINT = "via=";
    private static final int VERSION = 1;
    private static final int FLAGS = 0;
    private static final int SYMBOLS = 64;
    private static final int SYMBOL_BITS = 5;
    private static final int HEADER_SYMBOLS = 2;
    private static final int CONTENT_BYTES = Locator.SIZE_BYTES + InvitationSecret.SIZE_BYTES;

    /** Bounds all work on a pasted text: 64 symbols generously grouped, and three hints. */
    private static final int CHARACTERS_MAX = 2_000;

    private static final Bech32m CHECKSUM = new Bech32m("sotto");

    private InvitationCodeText() {}

    static String format(InvitationCode code) {
        int[] payload = new int[SYMBOLS - Bech32m.CHECKSUM_SYMBOLS];
        payload[0] = VERSION;
        payload[1] = FLAGS;
        byte[] content = new byte[CONTENT_BYTES];
        code.locator().bytes().copyTo(content, 0);
        code.secret().bytes().use(secret -> {
            System.arraycopy(secret, 0, content, Locator.SIZE_BYTES, secret.length);
            return content;
        });
        for (int bit = 0; bit < content.length * Byte.SIZE; bit++) {
            payload[HEADER_SYMBOLS + bit / SYMBOL_BITS] |= bitAt(content, bit) << (SYMBOL_BITS - 1 - bit % SYMBOL_BITS);
        }
        StringBuilder text = new StringBuilder(PREFIX);
        for (int symbol : CHECKSUM.withChecksum(payload)) {
            text.append(Bech32m.character(symbol));
        }
        String hints = code.hints().stream()
                .map(hint -> HINT + encoded(hint.toString()))
                .collect(Collectors.joining("&"));
        return hints.isEmpty()
                ? text.toString()
                : text.append('?').append(hints).toString();
    }

    static InvitationCode parse(String typed) throws WireException {
        if (typed.length() > CHARACTERS_MAX) {
            throw new WireException("this is too long to be an invitation code");
        }
        String text = typed.strip();
        int question = text.indexOf('?');
        List<Multiaddr> hints = question < 0 ? List.of() : hints(withoutBlanks(text.substring(question + 1)));
        int[] symbols = symbols(question < 0 ? text : text.substring(0, question));
        CHECKSUM.check(symbols);
        if (symbols[0] != VERSION || symbols[1] != FLAGS) {
            throw new WireException("the code was made by another version of Sotto");
        }
        byte[] content = new byte[CONTENT_BYTES];
        for (int bit = 0; bit < content.length * Byte.SIZE; bit++) {
            int symbol = symbols[HEADER_SYMBOLS + bit / SYMBOL_BITS];
            int value = symbol >>> (SYMBOL_BITS - 1 - bit % SYMBOL_BITS) & 1;
            content[bit / Byte.SIZE] |= (byte) (value << (Byte.SIZE - 1 - bit % Byte.SIZE));
        }
        Bytes bytes = Bytes.owning(content);
        Locator locator = new Locator(bytes.slice(0, Locator.SIZE_BYTES));
        SecretBytes secret = SecretBytes.copyOf(bytes.slice(Locator.SIZE_BYTES, CONTENT_BYTES));
        return new InvitationCode(locator, new InvitationSecret(secret), hints);
    }

    private static int[] symbols(String typed) throws WireException {
        String text = withoutGaps(typed).toLowerCase(Locale.ROOT);
        boolean isMarked = text.startsWith(PREFIX);
        String code = isMarked ? text.substring(PREFIX.length()) : text;
        if (!isMarked && !isWhole(code)) {
            throw new WireException("this is no code: a code begins with " + PREFIX + " and goes on with " + SYMBOLS
                    + " letters and digits");
        }
        int[] symbols = new int[code.length()];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = Bech32m.symbol(code.charAt(i));
            if (symbols[i] < 0) {
                throw new WireException("character " + (i + 1) + " cannot be in a code (there is no b, i, o or 1)");
            }
        }
        if (symbols.length != SYMBOLS) {
            throw new WireException("the code has " + symbols.length + " symbols, expected " + SYMBOLS);
        }
        return symbols;
    }

    /** Whether this can be a code whose beginning was lost, which people do and nobody misunderstands. */
    private static boolean isWhole(String code) {
        return code.length() == SYMBOLS && code.chars().allMatch(c -> Bech32m.symbol((char) c) >= 0);
    }

    /** Without what people and programs put between groups: white space of any kind, and dashes of any length. */
    private static String withoutGaps(String typed) {
        return without(c -> isBlank(c) || Character.getType(c) == Character.DASH_PUNCTUATION, typed);
    }

    /** For hints, where a dash may belong to a name. */
    private static String withoutBlanks(String typed) {
        return without(InvitationCodeText::isBlank, typed);
    }

    private static String without(IntPredicate left, String typed) {
        StringBuilder kept = new StringBuilder();
        typed.codePoints().filter(left.negate()).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static List<Multiaddr> hints(String query) throws WireException {
        List<Multiaddr> hints = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            if (!parameter.startsWith(HINT) || hints.size() == InvitationCode.HINTS_MAX) {
                throw new WireException("expected at most 3 hints of the form via=address after the code");
            }
            hints.add(hint(parameter.substring(HINT.length())));
        }
        return hints;
    }

    private static Multiaddr hint(String encoded) throws WireException {
        try {
            // A plus is a plus: only the percent form is ours, not that of web forms.
            Multiaddr hint = Multiaddr.parse(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
            if (!Addresses.fits(hint)) {
                throw new WireException("a hint of more than " + WireLimits.ADDRESS_BYTES_MAX + " bytes");
            }
            return hint;
        } catch (IllegalArgumentException malformed) {
            throw new WireException("a hint with a malformed percent sign", malformed);
        }
    }

    private static String encoded(String address) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : address.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean isPlain = c < 0x80 && (Character.isLetterOrDigit(c) || "/:._~".indexOf(c) >= 0);
            encoded.append(isPlain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return encoded.toString();
    }

    private static int bitAt(byte[] bytes, int bit) {
        return bytes[bit / Byte.SIZE] >>> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1;
    }
}

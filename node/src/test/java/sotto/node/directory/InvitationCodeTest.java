package sotto.node.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.Seeds;
import sotto.node.wire.Locator;
import sotto.node.wire.Vector;

/** Proves that a code survives how people pass it on, that a mistyped one is told at once, and where. */
class InvitationCodeTest {
    private static final Vector VECTOR = new Vector("invitation");
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int PREFIX = "sotto:".length();

    @Test
    void isTheCodeThatTheReferenceGives() throws WireException {
        InvitationCode code = vectorCode(List.of());
        assertEquals(VECTOR.text("code"), code.text());
        assertEquals(code, InvitationCode.parse(VECTOR.text("code")));
    }

    @Test
    void carriesTheHintsThatTheReferenceGives() throws WireException {
        InvitationCode code = vectorCode(hints());
        assertEquals(VECTOR.text("codeWithHints"), code.text());
        assertEquals(code, InvitationCode.parse(VECTOR.text("codeWithHints")));
    }

    @Test
    void everyCodeComesBackAsItWas() {
        Seeds.forEach(2_000, random -> {
            InvitationCode code = randomCode(random);
            assertEquals(code, InvitationCode.parse(code.text()));
            assertEquals(PREFIX + 64, code.text().length());
        });
    }

    @Test
    void isReadInAnyCaseAndGroupingWithOrWithoutPrefix() throws WireException {
        InvitationCode code = vectorCode(List.of());
        String symbols = code.text().substring(PREFIX);
        String grouped = String.join("-", symbols.split("(?<=\\G.{4})"));
        String wrapped = String.join("\n  ", symbols.split("(?<=\\G.{16})"));
        for (String typed : List.of(
                symbols,
                code.text().toUpperCase(Locale.ROOT),
                "  sotto: " + grouped + " ",
                grouped.replace('-', '\u2013'),
                wrapped,
                grouped.replace('-', '\u00a0'))) {
            assertEquals(code, InvitationCode.parse(typed), typed);
        }
    }

    @Test
    void readsPercentEncodedHintsAndKeepsTheirDashes() throws WireException {
        String code = VECTOR.text("code");
        InvitationCode parsed = InvitationCode.parse(code + "?via=%2Fdns4%2Fmy-host.example%2Ftcp%2F4001");
        assertEquals(List.of(Multiaddr.parse("/dns4/my-host.example/tcp/4001")), parsed.hints());
        assertEquals(parsed, InvitationCode.parse(parsed.text()));
    }

    @Test
    void namesTheWrongSymbolWhicheverItIs() {
        String text = VECTOR.text("code");
        Seeds.forEach(300, random -> {
            int place = random.nextInt(64);
            assertMistyped(
                    "the code is mistyped: symbol " + (place + 1) + " looks wrong", mistyped(text, random, place));
        });
    }

    @Test
    void namesBothWrongSymbols() {
        String text = VECTOR.text("code");
        Seeds.forEach(300, random -> {
            int first = random.nextInt(63);
            int second = first + 1 + random.nextInt(63 - first);
            String expected = "the code is mistyped: symbols " + (first + 1) + " and " + (second + 1) + " look wrong";
            assertMistyped(expected, mistyped(text, random, first, second));
        });
    }

    @Test
    void noticesUpToFourWrongSymbols() {
        String text = VECTOR.text("code");
        Seeds.forEach(1_000, random -> {
            int[] places =
                    random.ints(0, 64).distinct().limit(3 + random.nextInt(2)).toArray();
            assertThrows(WireException.class, () -> InvitationCode.parse(mistyped(text, random, places)));
        });
    }

    @Test
    void noticesTwoSymbolsThatWereSwapped() {
        String text = VECTOR.text("code");
        for (int i = PREFIX; i + 1 < text.length(); i++) {
            char one = text.charAt(i);
            char other = text.charAt(i + 1);
            String swapped = text.substring(0, i) + other + one + text.substring(i + 2);
            if (one != other) {
                assertThrows(WireException.class, () -> InvitationCode.parse(swapped), swapped);
            }
        }
    }

    @Test
    void saysHowManySymbolsThereAreAndWhichCannotBe() {
        String text = VECTOR.text("code");
        assertMistyped("the code has 63 symbols, expected 64", text.substring(0, text.length() - 1));
        assertMistyped("the code has 65 symbols, expected 64", text + "q");
        assertMistyped(
                "character 3 cannot be in a code (there is no b, i, o or 1)",
                text.substring(0, PREFIX + 2) + "b" + text.substring(PREFIX + 3));
    }

    @Test
    void refusesAnotherVersionAndFlagsUnknownHere() {
        for (int place : new int[] {0, 1}) {
            int[] payload = new int[58];
            payload[0] = 1;
            payload[place] = 2;
            StringBuilder text = new StringBuilder("sotto:");
            for (int symbol : new Bech32m("sotto").withChecksum(payload)) {
                text.append(Bech32m.character(symbol));
            }
            assertMistyped("the code was made by another version of Sotto", text.toString());
        }
    }

    @Test
    void refusesMoreLongerAndOtherHints() {
        String code = VECTOR.text("code");
        String hint = "via=/ip4/192.0.2.1/tcp/1";
        for (String query : List.of(
                String.join("&", hint, hint, hint, hint),
                "via=" + "/dns4/" + "a".repeat(200),
                "to=/ip4/192.0.2.1/tcp/1",
                hint + "&",
                "via=%zz",
                "via=nonsense",
                "")) {
            assertThrows(WireException.class, () -> InvitationCode.parse(code + "?" + query), query);
        }
    }

    @Test
    void anyTextIsACodeOrRefused() {
        Seeds.forEach(2_000, random -> {
            StringBuilder typed = new StringBuilder(random.nextBoolean() ? VECTOR.text("codeWithHints") : "");
            for (int i = random.nextInt(100); i > 0; i--) {
                typed.insert(
                        random.nextInt(typed.length() + 1), (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
            }
            try {
                InvitationCode.parse(typed.toString());
            } catch (WireException refused) {
                assertNotNull(refused.getMessage());
            }
        });
        assertThrows(WireException.class, () -> InvitationCode.parse("q".repeat(1_000_000)));
    }

    @Test
    void showsItsSecretInItsTextAlone() {
        InvitationCode code = vectorCode(List.of());
        assertFalse(code.toString().contains(VECTOR.text("secret")));
        assertTrue(code.toString().contains("SecretBytes(16)"));
    }

    private static void assertMistyped(String message, String typed) {
        WireException refused = assertThrows(WireException.class, () -> InvitationCode.parse(typed));
        assertEquals(message, refused.getMessage());
    }

    /** {@code text} with another symbol at each of {@code places}. */
    private static String mistyped(String text, RandomGenerator random, int... places) {
        StringBuilder mistyped = new StringBuilder(text);
        for (int place : places) {
            int symbol = ALPHABET.indexOf(text.charAt(PREFIX + place));
            mistyped.setCharAt(PREFIX + place, ALPHABET.charAt((symbol + 1 + random.nextInt(31)) % 32));
        }
        return mistyped.toString();
    }

    private static InvitationCode randomCode(RandomGenerator random) {
        byte[] locator = new byte[Locator.SIZE_BYTES];
        random.nextBytes(locator);
        return new InvitationCode(new Locator(Bytes.owning(locator)), InvitationSecret.generate(random), List.of());
    }

    private static InvitationCode vectorCode(List<Multiaddr> hints) {
        Locator locator = new Locator(VECTOR.bytes("locator"));
        return new InvitationCode(locator, new InvitationSecret(VECTOR.secret("secret")), hints);
    }

    private static List<Multiaddr> hints() {
        return Stream.of(VECTOR.text("hints").split(" "))
                .map(InvitationCodeTest::address)
                .toList();
    }

    private static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (WireException impossible) {
            throw new AssertionError(impossible);
        }
    }
}

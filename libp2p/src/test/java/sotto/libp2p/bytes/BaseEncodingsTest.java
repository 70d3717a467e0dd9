package sotto.libp2p.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sotto.libp2p.runtime.Seeds;

/** Proves that base58 and base32 meet the published vectors, that bytes survive them, and that every text has one reading. */
class BaseEncodingsTest {
    @Test
    void meetTheVectors() {
        Vectors.forEach("base58.txt", vector -> {
            assertEquals(vector.text("text"), Base58.encode(vector.bytes("bytes")));
            assertEquals(vector.bytes("bytes"), Base58.decode(vector.text("text")));
        });
        Vectors.forEach("base32.txt", vector -> {
            assertEquals(vector.text("text"), Base32.encode(vector.bytes("bytes")));
            assertEquals(vector.bytes("bytes"), Base32.decode(vector.text("text")));
        });
    }

    @Test
    void giveBackWhatTheyWereGiven() {
        Seeds.forEach(2_000, random -> {
            Bytes bytes = Bytes.owning(withLeadingZeros(random));
            assertEquals(bytes, Base58.decode(Base58.encode(bytes)));
            assertEquals(bytes, Base32.decode(Base32.encode(bytes)));
        });
    }

    @Test
    void refuseOrReadAnyTextInOneWay() {
        Seeds.forEach(5_000, random -> {
            String text = text(random);
            try {
                assertEquals(text, Base58.encode(Base58.decode(text)));
            } catch (WireException refused) {
                // A text may be none.
            }
            try {
                assertEquals(text, Base32.encode(Base32.decode(text)));
            } catch (WireException refused) {
                // A text may be none.
            }
        });
    }

    @Test
    void refuseStrangeCharacters() {
        for (String text : new String[] {"0", "O", "I", "l", " ", "1 ", "é", "\u0100"}) {
            assertThrows(WireException.class, () -> Base58.decode(text), text);
        }
        for (String text : new String[] {"MY", "m1", "m8", "my======", "é", "ma "}) {
            assertThrows(WireException.class, () -> Base32.decode(text), text);
        }
    }

    @Test
    void refuseTextThatEndsWithinAByte() {
        for (String text : new String[] {"m", "mz", "mzx", "mzxwa6", "mzxw6z"}) {
            assertThrows(WireException.class, () -> Base32.decode(text), text);
        }
    }

    @Test
    void boundTheTextOfBase58() throws WireException {
        assertEquals(128, Base58.decode("1".repeat(128)).size());
        assertThrows(WireException.class, () -> Base58.decode("1".repeat(129)));
    }

    private static byte[] withLeadingZeros(RandomGenerator random) {
        byte[] bytes = Seeds.bytes(random, 80);
        for (int i = 0; i < Math.min(bytes.length, random.nextInt(4)); i++) {
            bytes[i] = 0;
        }
        return bytes;
    }

    private static String text(RandomGenerator random) {
        String alphabet = random.nextBoolean() ? "abcdefghijklmnopqrstuvwxyz234567" : "123ABCabcIl0";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}

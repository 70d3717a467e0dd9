package sotto.tui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sotto.libp2p.runtime.Seeds;
import sotto.tui.model.Key;

/** Proves that keys are understood however their bytes are cut, and that nothing else a terminal sends becomes text. */
final class KeyDecoderTest {
    private static Key press(Key.Name name) {
        return new Key.Press(name);
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of("a", new Key.Text("a")),
                Arguments.of("\u00e9\u6f22\ud83d\ude00", new Key.Text("\u00e9\u6f22\ud83d\ude00")),
                Arguments.of("\r", press(Key.Name.ENTER)),
                Arguments.of("\t", press(Key.Name.TAB)),
                Arguments.of("\u007f", press(Key.Name.BACKSPACE)),
                Arguments.of("\b", press(Key.Name.BACKSPACE)),
                Arguments.of("\u0003", Key.control('c')),
                Arguments.of("\n", Key.control('j')),
                Arguments.of("\u0013", Key.control('s')),
                Arguments.of("\u001c", Key.control('\\')),
                Arguments.of("\u001b[A", press(Key.Name.UP)),
                Arguments.of("\u001bOB", press(Key.Name.DOWN)),
                Arguments.of("\u001bOM", press(Key.Name.ENTER)),
                Arguments.of("\u001b[1;5C", new Key.Press(Key.Name.RIGHT, true, false)),
                Arguments.of("\u001b[1;3D", new Key.Press(Key.Name.LEFT, false, true)),
                Arguments.of("\u001b[H", press(Key.Name.HOME)),
                Arguments.of("\u001b[4~", press(Key.Name.END)),
                Arguments.of("\u001b[8;5~", new Key.Press(Key.Name.END, true, false)),
                Arguments.of("\u001b[3~", press(Key.Name.DELETE)),
                Arguments.of("\u001b[5~", press(Key.Name.PAGE_UP)),
                Arguments.of("\u001b[Z", press(Key.Name.BACK_TAB)),
                Arguments.of("\u001bOP", press(Key.Name.F1)),
                Arguments.of("\u001b[[A", press(Key.Name.F1)),
                Arguments.of("\u001bb", new Key.Chord('b', false, true)),
                Arguments.of("\u001b\r", new Key.Press(Key.Name.ENTER, false, true)),
                Arguments.of("\u001b\u007f", new Key.Press(Key.Name.BACKSPACE, false, true)),
                Arguments.of("\u001b[99;5u", Key.control('c')),
                Arguments.of("\u001b[97;2u", new Key.Text("A")),
                Arguments.of("\u001b[13;3u", new Key.Press(Key.Name.ENTER, false, true)),
                Arguments.of("\u001b[9;2u", press(Key.Name.BACK_TAB)),
                Arguments.of("\u001b[27;5;99~", Key.control('c')),
                Arguments.of("\u001b[97;1:1u", new Key.Text("a")),
                Arguments.of("\u001b[200~two\nlines\u001b[A\u001b[201~", new Key.Paste("two\nlines\u001b[A", false)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void understandsAKeyHoweverItIsCut(String bytes, Key key) {
        byte[] all = bytes.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= all.length; cut++) {
            KeyDecoder decoder = new KeyDecoder();
            List<Key> keys = new ArrayList<>(decoder.feed(all, cut));
            keys.addAll(decoder.feed(Arrays.copyOfRange(all, cut, all.length), all.length - cut));
            assertEquals(List.of(key), merged(keys), "cut at " + cut);
            assertTrue(decoder.patience().isEmpty(), "nothing is left half done");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[?62;1;4c", // what the terminal is
                "\u001b[24;80R", // where the cursor is
                "\u001b[I\u001b[O", // focus
                "\u001b[<0;10;10M\u001b[<0;10;10m", // mouse
                "\u001b[32;10;10M",
                "\u001b[M !!",
                "\u001b]11;rgb:0000/0000/0000\u0007",
                "\u001b]52;c;aGVsbG8=\u001b\\",
                "\u001bP>|XTerm(370)\u001b\\",
                "\u001b_Gi=1;OK\u001b\\",
                "\u001b[?2026;2$y",
                "\u001b[97;1:3u", // a key let go
                "\u001b[57358u", // caps lock
                "\u001b[200;200;200 q",
                "\u001b[201~",
                "\u001b[2~\u001b[15~"
            })
    void swallowsWhatIsNoKey(String bytes) {
        byte[] all = (bytes + "x").getBytes(StandardCharsets.UTF_8);
        List<Key> keys = new KeyDecoder().feed(all, all.length);
        keys.removeIf(key -> key.equals(press(Key.Name.OTHER)));
        assertEquals(List.of(new Key.Text("x")), keys);
    }

    @Test
    void aLoneEscapeIsTheKeyOnceNothingFollows() {
        KeyDecoder decoder = new KeyDecoder();
        assertEquals(List.of(), decoder.feed(new byte[] {0x1b}, 1));
        assertEquals(Duration.ofMillis(40), decoder.patience().orElseThrow());
        assertEquals(List.of(press(Key.Name.ESCAPE)), decoder.giveUp());
    }

    @Test
    void aBrokenOffSequenceDoesNotEatTheKeysAfterIt() {
        KeyDecoder decoder = new KeyDecoder();
        byte[] half = "\u001b]0;never ended".getBytes(StandardCharsets.UTF_8);
        assertEquals(List.of(), decoder.feed(half, half.length));
        assertEquals(List.of(), decoder.giveUp());
        assertEquals(List.of(new Key.Text("a")), decoder.feed(new byte[] {'a'}, 1));
    }

    @Test
    void aPasteWithoutEndIsGivenUp() {
        KeyDecoder decoder = new KeyDecoder();
        byte[] paste = "\u001b[200~text".getBytes(StandardCharsets.UTF_8);
        assertEquals(List.of(), decoder.feed(paste, paste.length));
        assertEquals(List.of(new Key.Paste("text", false)), decoder.giveUp());
    }

    @Test
    void anEndlessPasteIsCutBetweenCharacters() {
        String long1 = "\u00e9".repeat(KeyDecoder.PASTE_BYTES_MAX);
        byte[] bytes = ("\u001b[200~x" + long1 + "\u001b[201~").getBytes(StandardCharsets.UTF_8);
        List<Key> keys = new KeyDecoder().feed(bytes, bytes.length);
        String kept = "x" + "\u00e9".repeat((KeyDecoder.PASTE_BYTES_MAX - 1) / 2);
        assertEquals(List.of(new Key.Paste(kept, true)), keys);
    }

    @Test
    void anyBytesGiveTheSameKeysHoweverTheyAreCut() {
        Seeds.forEach(2_000, random -> {
            byte[] bytes = noise(random);
            List<Key> whole = merged(new KeyDecoder().feed(bytes, bytes.length));
            KeyDecoder decoder = new KeyDecoder();
            List<Key> pieces = new ArrayList<>();
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, random.nextInt(1, 9));
                pieces.addAll(decoder.feed(Arrays.copyOfRange(bytes, at, at + length), length));
                at += length;
            }
            assertEquals(whole, merged(pieces));
            for (Key key : pieces) {
                if (key instanceof Key.Text text) {
                    assertFalse(text.characters().codePoints().anyMatch(Character::isISOControl));
                }
            }
            decoder.giveUp();
            assertTrue(decoder.patience().isEmpty());
        });
    }

    private static byte[] noise(RandomGenerator random) {
        byte[] bytes = Seeds.bytes(random, 200);
        String likely = "\u001b[]OP;~uM0123456789\u001b\\\u0007200201";
        for (int i = 0; i < bytes.length; i++) {
            if (random.nextInt(3) > 0) {
                bytes[i] = (byte) likely.charAt(random.nextInt(likely.length()));
            }
        }
        return bytes;
    }

    /** Text that came in pieces, in one. */
    private static List<Key> merged(List<Key> keys) {
        List<Key> merged = new ArrayList<>();
        for (Key key : keys) {
            int last = merged.size() - 1;
            if (key instanceof Key.Text text && last >= 0 && merged.get(last) instanceof Key.Text before) {
                merged.set(last, new Key.Text(before.characters() + text.characters()));
            } else {
                merged.add(key);
            }
        }
        return merged;
    }
}

package sotto.node.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.Seeds;
import sotto.node.api.MessageId;

/** Proves that every decoder takes any bytes, that what decodes encodes to the same bytes, and that every bound holds. */
class WireCodecTest {
    private static final int SEEDS = 2_000;
    private static final Bytes INCARNATION = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");
    private static final MessageId ID = new MessageId("00112233445566778899aabbccddeeff");

    @Test
    void sessionMessagesComeBackAsTheyWere() {
        Seeds.forEach(SEEDS, random -> {
            SessionMessage message = randomMessage(random);
            assertEquals(message, SessionMessage.decode(message.encode()));
        });
    }

    @Test
    void anyBytesAreASessionMessageOrRefused() {
        Seeds.forEach(
                SEEDS,
                random -> decodesOrRefuses(
                        mutated(randomMessage(random).encode(), random),
                        bytes -> SessionMessage.decode(bytes).encode()));
        Seeds.forEach(
                SEEDS,
                random -> decodesOrRefuses(
                        Bytes.owning(Seeds.bytes(random, 300)),
                        bytes -> SessionMessage.decode(bytes).encode()));
    }

    @Test
    void knockPayloadsComeBackAsTheyWere() {
        Seeds.forEach(SEEDS, random -> {
            KnockPayload payload = new KnockPayload(text(random, 16), text(random, 250), addresses(random));
            assertEquals(payload, KnockPayload.decode(payload.encode()));
            decodesOrRefuses(
                    mutated(payload.encode(), random),
                    bytes -> KnockPayload.decode(bytes).encode());
        });
    }

    @Test
    void anyBytesAreAKnockBlockOrRefused() {
        Seeds.forEach(200, random -> {
            byte[] block = new byte[KnockBlock.SIZE_BYTES];
            random.nextBytes(block);
            block[0] = KnockBlock.VERSION;
            block[1] = KnockBlock.SUITE;
            Bytes bytes = Bytes.copyOf(block);
            assertEquals(bytes, KnockBlock.decode(bytes).encode());
            assertThrows(WireException.class, () -> KnockBlock.decode(bytes.slice(0, block.length - 1)));
        });
    }

    @Test
    void refusesAKnockOfAnotherVersionOrSuite() {
        for (String start : List.of("0001", "0201", "0100", "0102")) {
            byte[] block = new byte[KnockBlock.SIZE_BYTES];
            Bytes.ofHex(start).copyTo(block, 0);
            assertThrows(WireException.class, () -> KnockBlock.decode(Bytes.copyOf(block)), start);
        }
    }

    @Test
    void anyBytesAreARecognitionMessageOrRefused() {
        Seeds.forEach(200, random -> {
            byte[] entries = new byte[256 * RecognitionMessage.TAG_BYTES];
            random.nextBytes(entries);
            decodesOrRefuses(
                    Bytes.owning(entries),
                    bytes -> RecognitionMessage.decode(bytes).encode());
            decodesOrRefuses(
                    Bytes.owning(Seeds.bytes(random, 5_000)),
                    bytes -> RecognitionMessage.decode(bytes).encode());
        });
    }

    @Test
    void refusesRecognitionInAnyOtherNumberOfEntries() {
        for (int count : List.of(0, 1, 128, 255, 257, 384, 8_192)) {
            ByteWriter out = new ByteWriter();
            for (int i = 0; i < count; i++) {
                out.u64(0).u64(i);
            }
            assertThrows(WireException.class, () -> RecognitionMessage.decode(out.toBytes()), count + " entries");
        }
    }

    @Test
    void refusesRecognitionOutOfOrderOrWithRepetitions() {
        List<Bytes> entries = new ArrayList<>();
        for (int i = 0; i < RecognitionMessage.ENTRIES_MIN; i++) {
            entries.add(new ByteWriter().u64(0).u64(i).toBytes());
        }
        assertTrue(decodes(entries), "ascending entries are a message");
        entries.set(5, entries.get(6));
        assertTrue(!decodes(entries), "a repetition is refused");
        entries.set(5, new ByteWriter().u64(1).u64(0).toBytes());
        assertTrue(!decodes(entries), "an entry out of order is refused");
    }

    @Test
    void prekeyBundlesAndAccountKeysComeBackAsTheyWere() throws WireException {
        byte[] bundle = new byte[PrekeyBundle.SIZE_BYTES];
        byte[] keys = new byte[AccountKeys.SIZE_BYTES];
        for (int i = 0; i < bundle.length; i++) {
            bundle[i] = (byte) i;
            keys[i % keys.length] = (byte) i;
        }
        Bytes bundleBytes = Bytes.owning(bundle);
        assertEquals(
                bundleBytes, PrekeyBundle.readFrom(new ByteReader(bundleBytes)).encode());
        Bytes keyBytes = Bytes.owning(keys);
        assertEquals(keyBytes, AccountKeys.decode(keyBytes).encode());
        assertThrows(WireException.class, () -> AccountKeys.decode(Bytes.concat(keyBytes, Bytes.ofHex("00"))));
    }

    @Test
    void keepsAnUnknownKindToBeSkipped() throws WireException {
        Bytes newer = Bytes.ofHex("01c8" + "beef");
        SessionMessage message = SessionMessage.decode(newer);
        assertEquals(new SessionMessage.Unknown(0xc8, Bytes.ofHex("beef")), message);
        assertEquals(newer, message.encode());
    }

    @Test
    void refusesASessionMessageOfAnotherVersion() {
        Bytes ours = new SessionMessage.Acknowledgement(INCARNATION, 1).encode();
        Bytes theirs = Bytes.concat(Bytes.ofHex("02"), ours.slice(1, ours.size()));
        assertThrows(WireException.class, () -> SessionMessage.decode(theirs));
    }

    @Test
    void takesTheLongestTextAndRefusesOneByteMore() throws WireException {
        String longest = "x".repeat(WireLimits.TEXT_BYTES_MAX);
        SessionMessage message = new SessionMessage.Text(ID, INCARNATION, 1, 0, longest);
        assertEquals(message, SessionMessage.decode(message.encode()));
        assertThrows(
                IllegalArgumentException.class, () -> new SessionMessage.Text(ID, INCARNATION, 1, 0, longest + "x"));
        Bytes tooLong = new ByteWriter()
                .raw(message.encode().slice(0, 50))
                .field32(Bytes.utf8(longest + "x"))
                .toBytes();
        assertThrows(WireException.class, () -> SessionMessage.decode(tooLong));
    }

    @Test
    void refusesAnUnknownKindBeyondTheBound() {
        byte[] huge = new byte[WireLimits.SESSION_MESSAGE_BYTES_MAX + 1];
        huge[0] = SessionMessage.VERSION;
        huge[1] = 99;
        assertThrows(WireException.class, () -> SessionMessage.decode(Bytes.owning(huge)));
    }

    @Test
    void refusesNamesGreetingsAndAddressesBeyondTheirBounds() {
        Bytes none = new ByteWriter().u8(0).toBytes();
        Bytes longName = Bytes.concat(field("n".repeat(65)), field(""), none);
        Bytes longGreeting = Bytes.concat(field("n"), field("g".repeat(1_001)), none);
        Bytes longAddress = Bytes.concat(
                field("n"), field("g"), new ByteWriter().u8(1).toBytes(), field("/dns4/" + "a".repeat(195)));
        ByteWriter manyAddresses =
                new ByteWriter().raw(field("n")).raw(field("g")).u8(11);
        for (int i = 0; i < 11; i++) {
            manyAddresses.text16("/ip4/192.0.2." + i + "/tcp/1");
        }
        for (Bytes payload : List.of(longName, longGreeting, longAddress, manyAddresses.toBytes())) {
            assertThrows(WireException.class, () -> KnockPayload.decode(payload));
        }
    }

    @Test
    void addressesThatDoNotFitAreLeftOut() throws WireException {
        List<Multiaddr> candidates = new ArrayList<>();
        candidates.add(Multiaddr.parse("/dns4/" + "a".repeat(200) + "/tcp/1"));
        for (int i = 0; i < 20; i++) {
            candidates.add(Multiaddr.parse("/ip4/192.0.2." + i / 2 + "/tcp/1"));
        }
        List<Multiaddr> kept = Addresses.firstOf(candidates).list();
        assertEquals(WireLimits.ADDRESSES_MAX, kept.size());
        assertEquals("/ip4/192.0.2.0/tcp/1", kept.get(0).toString());
    }

    @Test
    void refusesMalformedUtf8AndReplacesLoneSurrogatesOfOurOwn() throws WireException {
        SessionMessage.Profile profile = new SessionMessage.Profile("A\ud83d", Addresses.NONE);
        assertEquals("A?", profile.name());
        Bytes malformed = Bytes.concat(Bytes.ofHex("0103"), Bytes.ofHex("0001ff"), Bytes.ofHex("00"));
        assertThrows(WireException.class, () -> SessionMessage.decode(malformed));
    }

    @Test
    void everyMalformedPaddingIsRefusedInTheSameWords() throws WireException {
        Bytes padded = Padded.pad(Bytes.utf8("content"), 32);
        assertEquals(Bytes.utf8("content"), Padded.unpad(padded));
        byte[] dirty = padded.toArray();
        dirty[31] = 1;
        for (Bytes malformed : List.of(Bytes.copyOf(dirty), Bytes.ofHex("ffff00"), Bytes.ofHex("00"), Bytes.EMPTY)) {
            WireException refused = assertThrows(WireException.class, () -> Padded.unpad(malformed));
            assertEquals("malformed padding", refused.getMessage());
        }
    }

    private static SessionMessage randomMessage(RandomGenerator random) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        long counter = random.nextLong() & Long.MAX_VALUE;
        return switch (random.nextInt(4)) {
            case 0 ->
                new SessionMessage.Text(
                        new MessageId(Bytes.copyOf(id).hex()),
                        Bytes.copyOf(id),
                        counter,
                        random.nextLong(),
                        text(random, 60));
            case 1 -> new SessionMessage.Acknowledgement(Bytes.copyOf(id), counter);
            case 2 -> new SessionMessage.Profile(text(random, 16), addresses(random));
            default -> new SessionMessage.Unknown(4 + random.nextInt(252), Bytes.owning(Seeds.bytes(random, 100)));
        };
    }

    private static Addresses addresses(RandomGenerator random) {
        List<Multiaddr> list = new ArrayList<>();
        for (int i = random.nextInt(WireLimits.ADDRESSES_MAX + 1); i > 0; i--) {
            list.add(address("/ip4/192.0.2." + random.nextInt(256) + "/tcp/" + random.nextInt(65_536)));
        }
        return new Addresses(list);
    }

    private static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (WireException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String text(RandomGenerator random, int charactersMax) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(charactersMax + 1); i > 0; i--) {
            text.appendCodePoint(random.nextInt(10) == 0 ? 0x1f600 + random.nextInt(40) : ' ' + random.nextInt(90));
        }
        return text.toString();
    }

    private static Bytes mutated(Bytes bytes, RandomGenerator random) {
        byte[] array = bytes.toArray();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            array[random.nextInt(array.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return Bytes.owning(array).slice(0, array.length - random.nextInt(Math.min(3, array.length)));
    }

    private static void decodesOrRefuses(Bytes bytes, Recoding recoding) {
        Bytes again;
        try {
            again = recoding.of(bytes);
        } catch (WireException refused) {
            return;
        }
        assertEquals(bytes, again);
    }

    private static boolean decodes(List<Bytes> entries) {
        try {
            RecognitionMessage.decode(Bytes.concat(entries.toArray(Bytes[]::new)));
            return true;
        } catch (WireException refused) {
            return false;
        }
    }

    private static Bytes field(String text) {
        return new ByteWriter().text16(text).toBytes();
    }

    private interface Recoding {
        Bytes of(Bytes bytes) throws WireException;
    }
}

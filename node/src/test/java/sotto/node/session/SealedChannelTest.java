package sotto.node.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Aead;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.runtime.Seeds;
import sotto.node.api.AccountId;
import sotto.node.wire.Label;
import sotto.node.wire.Padded;
import sotto.node.wire.ScriptedRandom;
import sotto.node.wire.Vector;

/** Proves that a session carries messages of every size whole and in order, and ends at the first thing that is wrong (pitfall 19). */
class SealedChannelTest {
    private static final Vector VECTOR = new Vector("session");
    private static final Set<Integer> FRAME_SIZES = Set.of(512, 1_024, 2_048, 4_096, 8_192);
    private final Crypto crypto = CryptoChoice.fastest();

    @Test
    void exchangesWhatTheReferenceExchanges() throws SessionException {
        SessionHello opener = new SessionHello(crypto, binding(true), new ScriptedRandom(VECTOR.bytes("openerHello")));
        SessionHello acceptor =
                new SessionHello(crypto, binding(false), new ScriptedRandom(VECTOR.bytes("acceptorHello")));
        SessionConfirmation fromOpener = opener.onHello(acceptor.message());
        SessionConfirmation fromAcceptor = acceptor.onHello(opener.message());
        assertEquals(VECTOR.bytes("openerConfirmation"), fromOpener.message());
        assertEquals(VECTOR.bytes("acceptorConfirmation"), fromAcceptor.message());
        SealedChannel atOpener = fromOpener.onConfirmation(fromAcceptor.message());
        SealedChannel atAcceptor = fromAcceptor.onConfirmation(fromOpener.message());

        List<Bytes> openerFrames = new ArrayList<>(atOpener.seal(VECTOR.bytes("text")));
        openerFrames.addAll(atOpener.seal(VECTOR.bytes("long")));
        assertEquals(VECTOR.list("openerFrames"), openerFrames);
        assertEquals(List.of(VECTOR.bytes("text"), VECTOR.bytes("long")), opened(atAcceptor, openerFrames));
        List<Bytes> acceptorFrames = new ArrayList<>(atAcceptor.seal(VECTOR.bytes("acknowledgement")));
        acceptorFrames.addAll(atAcceptor.seal(VECTOR.bytes("profile")));
        assertEquals(VECTOR.list("acceptorFrames"), acceptorFrames);
        assertEquals(
                List.of(VECTOR.bytes("acknowledgement"), VECTOR.bytes("profile")), opened(atOpener, acceptorFrames));
    }

    @Test
    void messagesOfEveryLengthArriveWhole() throws SessionException {
        Ends ends = ends();
        byte[] longest = new byte[SealedChannel.MESSAGE_BYTES_MAX];
        new SplittableRandom(1).nextBytes(longest);
        Bytes all = Bytes.owning(longest);
        for (int size = 0; size <= 65_536; size += step(size)) {
            assertArrives(ends, all.slice(0, size));
        }
        assertArrives(ends, all);
        assertThrows(
                IllegalArgumentException.class,
                () -> ends.opener().seal(Bytes.owning(new byte[SealedChannel.MESSAGE_BYTES_MAX + 1])));
    }

    @Test
    void framesHaveFiveSizesAndTheSmallestThatFits() {
        SealedChannel channel = ends().opener();
        assertEquals(List.of(512), sizes(channel.seal(message(0))));
        assertEquals(List.of(512), sizes(channel.seal(message(493))));
        assertEquals(List.of(1_024), sizes(channel.seal(message(494))));
        assertEquals(List.of(1_024), sizes(channel.seal(message(1_005))));
        assertEquals(List.of(2_048), sizes(channel.seal(message(1_006))));
        assertEquals(List.of(4_096), sizes(channel.seal(message(4_077))));
        assertEquals(List.of(8_192), sizes(channel.seal(message(8_173))));
        assertEquals(List.of(8_192, 8_192), sizes(channel.seal(message(8_174))));
        assertEquals(10, channel.seal(message(SealedChannel.MESSAGE_BYTES_MAX)).size());
    }

    @Test
    void aFlippedBitAnywhereEndsTheSession() {
        Seeds.forEach(300, random -> {
            Ends ends = ends();
            byte[] frame =
                    ends.opener().seal(message(random.nextInt(600))).get(0).toArray();
            frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
            assertThrows(SessionException.class, () -> ends.acceptor().open(Bytes.owning(frame)));
            assertThrows(IllegalStateException.class, () -> ends.acceptor().open(Bytes.owning(frame)));
            assertThrows(IllegalStateException.class, () -> ends.acceptor().seal(message(1)));
        });
    }

    @Test
    void aReplayedSkippedOrReflectedFrameEndsTheSession() throws SessionException {
        Ends replayed = ends();
        Bytes first = replayed.opener().seal(message(1)).get(0);
        replayed.acceptor().open(first);
        assertThrows(SessionException.class, () -> replayed.acceptor().open(first));
        Ends skipped = ends();
        skipped.opener().seal(message(1));
        Bytes second = skipped.opener().seal(message(1)).get(0);
        assertThrows(SessionException.class, () -> skipped.acceptor().open(second));
        Ends reflected = ends();
        Bytes own = reflected.opener().seal(message(1)).get(0);
        assertThrows(SessionException.class, () -> reflected.opener().open(own));
    }

    @Test
    void anyBytesEndTheSessionWithoutMore() {
        Seeds.forEach(500, random -> {
            SealedChannel channel = ends().acceptor();
            assertThrows(SessionException.class, () -> channel.open(Bytes.owning(Seeds.bytes(random, 600))));
        });
    }

    @Test
    void refusesWhatTheOtherEndWouldNotHaveSealedInTheSameWords() {
        Bytes notFull = plaintext(0, message(8_172), 8_192);
        Bytes tooLarge = plaintext(1, message(10), 1_024);
        Bytes unknownFlag = plaintext(2, message(10), 512);
        byte[] dirty = plaintext(1, message(10), 512).toArray();
        dirty[dirty.length - 1] = 1;
        Bytes longLength = new ByteWriter().u8(1).u16(0xffff).raw(message(493)).toBytes();
        Bytes otherSize = plaintext(1, message(10), 700);
        for (Bytes plaintext :
                List.of(notFull, tooLarge, unknownFlag, Bytes.owning(dirty), longLength, otherSize, Bytes.EMPTY)) {
            SessionException refused = assertThrows(SessionException.class, () -> open(List.of(plaintext)));
            assertEquals("a frame that is not the next of this session", refused.getMessage());
        }
    }

    @Test
    void refusesFragmentsThatDoNotEndAsTheyShould() {
        Bytes full = plaintext(0, message(8_173), 8_192);
        assertThrows(SessionException.class, () -> open(List.of(full, plaintext(1, message(0), 8_192))));
        assertThrows(SessionException.class, () -> open(List.of(full, plaintext(1, message(10), 512))));
    }

    @Test
    void refusesFragmentsBeyondTheLongestMessage() {
        Bytes full = plaintext(0, message(8_173), 8_192);
        List<Bytes> endless = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            endless.add(full);
        }
        assertFalse(assertOpens(endless).isPresent(), "nine full fragments are within the bound");
        endless.add(full);
        assertThrows(SessionException.class, () -> open(endless));
    }

    @Test
    void otherRootsConnectionsOrPeopleDoNotConfirm() {
        SessionBinding ours = binding(true);
        SessionBinding right = binding(false);
        AccountId other = new AccountId("ab".repeat(32));
        SecretBytes root = SecretBytes.random(32, new SplittableRandom(2));
        List<SessionBinding> wrong = List.of(
                new SessionBinding(root, ours.handshakeHash(), right.own(), right.contact(), false),
                new SessionBinding(ours.pairRoot(), Bytes.owning(new byte[32]), right.own(), right.contact(), false),
                new SessionBinding(ours.pairRoot(), ours.handshakeHash(), other, right.contact(), false),
                new SessionBinding(ours.pairRoot(), ours.handshakeHash(), right.own(), other, false),
                new SessionBinding(ours.pairRoot(), ours.handshakeHash(), right.own(), right.contact(), true));
        for (SessionBinding theirs : wrong) {
            assertThrows(SessionException.class, () -> ends(ours, theirs));
        }
    }

    @Test
    void aReflectedHelloOrConfirmationIsRefused() throws SessionException {
        SplittableRandom random = new SplittableRandom(3);
        SessionHello hello = new SessionHello(crypto, binding(true), random);
        assertThrows(SessionException.class, () -> hello.onHello(hello.message()));
        SessionConfirmation confirmation = hello.onHello(new SessionHello(crypto, binding(false), random).message());
        assertThrows(SessionException.class, () -> confirmation.onConfirmation(confirmation.message()));
        assertThrows(SessionException.class, () -> confirmation.onConfirmation(Bytes.EMPTY));
        assertThrows(SessionException.class, () -> hello.onHello(Bytes.owning(new byte[31])));
    }

    @Test
    void twoSessionsOnOneConnectionShareNoFrame() {
        Bytes one = ends(new SplittableRandom(4)).opener().seal(message(1)).get(0);
        Bytes other = ends(new SplittableRandom(5)).opener().seal(message(1)).get(0);
        assertTrue(!one.equals(other), "fresh hellos give fresh keys");
    }

    @Test
    void showsNoRootWhenPrinted() {
        assertFalse(binding(true).toString().contains(VECTOR.text("pairRoot")));
    }

    private void assertArrives(Ends ends, Bytes message) throws SessionException {
        List<Bytes> frames = ends.opener().seal(message);
        frames.forEach(frame -> assertTrue(FRAME_SIZES.contains(frame.size()), frame.size() + " bytes"));
        assertEquals(List.of(message), opened(ends.acceptor(), frames));
    }

    /** Every length near each boundary, and every 61st elsewhere; all of them with {@code -Dsotto.lengths=all}. */
    private static int step(int size) {
        boolean isNearBoundary = size < 600 || Math.floorMod(size + 50, 8_173) < 100 || (size > 950 && size < 1_100);
        return isNearBoundary || "all".equals(System.getProperty("sotto.lengths")) ? 1 : 61;
    }

    private static List<Bytes> opened(SealedChannel channel, List<Bytes> frames) throws SessionException {
        List<Bytes> messages = new ArrayList<>();
        for (Bytes frame : frames) {
            channel.open(frame).ifPresent(messages::add);
        }
        return messages;
    }

    private Optional<Bytes> assertOpens(List<Bytes> plaintexts) {
        try {
            return open(plaintexts);
        } catch (SessionException refused) {
            throw new AssertionError(refused);
        }
    }

    /** What a channel makes of plaintexts that were sealed with the right key, but not by a channel. */
    private Optional<Bytes> open(List<Bytes> plaintexts) throws SessionException {
        SecretBytes key = SecretBytes.owning(new byte[32]);
        SealedChannel channel = new SealedChannel(crypto.chaCha20Poly1305(key), crypto.chaCha20Poly1305(key));
        Optional<Bytes> last = Optional.empty();
        try (Aead sealing = crypto.chaCha20Poly1305(key)) {
            for (int i = 0; i < plaintexts.size(); i++) {
                Bytes nonce = new ByteWriter().u32(0).u64(i).toBytes();
                last = channel.open(sealing.seal(nonce, Label.SESSION_FRAME.over(), plaintexts.get(i)));
            }
        }
        return last;
    }

    private static Bytes plaintext(int flag, Bytes content, int frameBytes) {
        return new ByteWriter()
                .u8(flag)
                .raw(Padded.pad(content, frameBytes - 17))
                .toBytes();
    }

    private static Bytes message(int sizeBytes) {
        return Bytes.owning(new byte[sizeBytes]);
    }

    private static List<Integer> sizes(List<Bytes> frames) {
        return frames.stream().map(Bytes::size).toList();
    }

    private Ends ends() {
        return ends(new SplittableRandom(6));
    }

    private Ends ends(SplittableRandom random) {
        try {
            return ends(binding(true), binding(false), random);
        } catch (SessionException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private Ends ends(SessionBinding ours, SessionBinding theirs) throws SessionException {
        return ends(ours, theirs, new SplittableRandom(7));
    }

    private Ends ends(SessionBinding ours, SessionBinding theirs, SplittableRandom random) throws SessionException {
        SessionHello opener = new SessionHello(crypto, ours, random);
        SessionHello acceptor = new SessionHello(crypto, theirs, random);
        SessionConfirmation fromOpener = opener.onHello(acceptor.message());
        SessionConfirmation fromAcceptor = acceptor.onHello(opener.message());
        return new Ends(
                fromOpener.onConfirmation(fromAcceptor.message()), fromAcceptor.onConfirmation(fromOpener.message()));
    }

    private static SessionBinding binding(boolean isOpener) {
        AccountId opener = new AccountId(VECTOR.text("opener"));
        AccountId acceptor = new AccountId(VECTOR.text("acceptor"));
        return new SessionBinding(
                VECTOR.secret("pairRoot"),
                VECTOR.bytes("handshakeHash"),
                isOpener ? opener : acceptor,
                isOpener ? acceptor : opener,
                isOpener);
    }

    private record Ends(SealedChannel opener, SealedChannel acceptor) {}
}

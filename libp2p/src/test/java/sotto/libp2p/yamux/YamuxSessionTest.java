package sotto.libp2p.yamux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.Limits;
import sotto.libp2p.host.Stream;
import sotto.libp2p.runtime.Seeds;

/** Proves that streams carry what was written, whole and in order, however the wire cuts it, and that both ends forget them. */
class YamuxSessionTest {
    private final SessionPair pair = new SessionPair(Limits.STANDARD);
    private final Collector atClient = new Collector();
    private final Collector atServer = new Collector();
    private final YamuxStream stream;
    // Set once the server has accepted it.
    private YamuxStream accepted;

    YamuxSessionTest() throws HostException {
        stream = pair.client.session.open();
        stream.read(atClient);
        accepted = stream;
    }

    @Test
    void carriesManyStreamsBothWaysAtOnce() {
        Seeds.forEach(20, random -> {
            SessionPair pair = new SessionPair(Limits.STANDARD);
            List<Talk> talks = new ArrayList<>();
            for (int i = 1 + random.nextInt(10); i > 0; i--) {
                talks.add(new Talk(pair, random));
            }
            pair.exchange(random);
            talks.forEach(Talk::check);
            assertEquals(0, pair.client.session.streamCount());
            assertEquals(0, pair.server.session.streamCount());
        });
    }

    @Test
    void carriesMoreThanManyWindows() {
        Seeds.forEach(3, random -> {
            SessionPair pair = new SessionPair(Limits.STANDARD);
            YamuxStream stream = pair.client.session.open();
            long total = 64 << 20;
            Bytes piece = Bytes.owning(new byte[65_536]);
            pump(stream, piece, total);
            pair.exchange(random);
            long[] received = {0};
            pair.server.accepted.remove().read(new Pieces(bytes -> received[0] += bytes.size()));
            pair.exchange(random);
            assertEquals(total, received[0]);
        });
    }

    @Test
    void letsOneDirectionGoOnAfterTheOtherHasEnded() throws Exception {
        stream.write(Bytes.utf8("question"), new CompletableFuture<>());
        stream.closeWrite();
        exchange();
        accepted();
        assertEquals(1, atServer.ends);
        accepted.write(Bytes.utf8("answer"), new CompletableFuture<>());
        exchange();
        assertEquals(Bytes.utf8("answer"), atClient.bytes());
        assertEquals(1, pair.client.session.streamCount());
        accepted.closeWrite();
        exchange();
        assertEquals(1, atClient.ends);
        assertEquals(0, atClient.resets + atServer.resets);
        assertEquals(0, pair.client.session.streamCount() + pair.server.session.streamCount());
    }

    @Test
    void refusesToWriteAfterTheEnd() throws Exception {
        stream.closeWrite();
        CompletableFuture<Void> written = new CompletableFuture<>();
        stream.write(Bytes.utf8("late"), written);
        assertTrue(written.isCompletedExceptionally());
    }

    @Test
    void tellsBothEndsOfAReset() throws Exception {
        stream.write(Bytes.utf8("question"), new CompletableFuture<>());
        exchange();
        accepted();
        accepted.reset();
        CompletableFuture<Void> written = new CompletableFuture<>();
        stream.write(Bytes.owning(new byte[10]), written);
        exchange();
        assertEquals(1, atClient.resets);
        assertEquals(1, atServer.resets);
        assertEquals(0, pair.client.session.streamCount() + pair.server.session.streamCount());
    }

    @Test
    void saysNothingOfAStreamThatWasResetBeforeItsFirstFrame() throws Exception {
        stream.reset();
        assertFalse(pair.client.session.hasOutput());
        assertEquals(0, pair.client.session.streamCount());
    }

    @Test
    void holdsWhatComesUntilSomebodyReads() throws Exception {
        stream.write(Bytes.utf8("early"), new CompletableFuture<>());
        stream.closeWrite();
        exchange();
        accepted();
        assertEquals(Bytes.utf8("early"), atServer.bytes());
        assertEquals(1, atServer.ends);
    }

    @Test
    void makesTheSenderWaitForAReaderThatStopped() throws Exception {
        stream.write(Bytes.utf8("x"), new CompletableFuture<>());
        exchange();
        accepted();
        accepted.setReading(false);
        Bytes large = Bytes.owning(new byte[2 * ReceiveWindow.INITIAL_BYTES]);
        CompletableFuture<Void> written = new CompletableFuture<>();
        stream.write(large, written);
        exchange();
        assertEquals(1, atServer.bytes().size());
        assertFalse(written.isDone());
        accepted.setReading(true);
        exchange();
        assertEquals(1 + large.size(), atServer.bytes().size());
        assertTrue(written.isDone());
    }

    @Test
    void deliversNothingMoreOnceTheReaderStoppedWithinACall() throws Exception {
        stream.write(Bytes.owning(new byte[200_000]), new CompletableFuture<>());
        exchange();
        YamuxStream accepted = pair.server.accepted.remove();
        int[] pieces = {0};
        accepted.read(new Pieces(piece -> {
            pieces[0]++;
            accepted.setReading(false);
        }));
        assertEquals(1, pieces[0]);
        accepted.setReading(true);
        assertEquals(2, pieces[0]);
    }

    @Test
    void givesTheNextReaderWhatTheFirstGaveBack() throws Exception {
        stream.write(Bytes.utf8("headbody"), new CompletableFuture<>());
        exchange();
        YamuxStream accepted = pair.server.accepted.remove();
        accepted.read(new Pieces(piece -> accepted.unread(piece.slice(4, piece.size()))));
        stream.write(Bytes.utf8(" and more"), new CompletableFuture<>());
        exchange();
        accepted.read(atServer);
        assertEquals(Bytes.utf8("body and more"), atServer.bytes());
    }

    @Test
    void tellsThatTheOtherEndGoesAwayAndOpensNothingMore() throws Exception {
        pair.server.session.goAway(false);
        exchange();
        assertTrue(pair.client.isRemoteGoingAway);
        assertThrows(HostException.class, pair.client.session::open);
    }

    @Test
    void resetsEveryStreamAtItsEnd() throws Exception {
        CompletableFuture<Void> written = new CompletableFuture<>();
        stream.write(Bytes.utf8("never sent"), written);
        pair.client.session.end();
        assertTrue(written.isCompletedExceptionally());
        assertEquals(1, atClient.resets);
        assertThrows(HostException.class, pair.client.session::open);
    }

    @Test
    void measuresTheRoundTripAndNoticesSilence() throws Exception {
        assertTrue(pair.client.session.keepAlive());
        pair.now = Duration.ofMillis(30);
        exchange();
        assertEquals(Optional.of(Duration.ofMillis(30)), pair.client.session.roundTrip());
        assertTrue(pair.client.session.keepAlive());
        assertFalse(pair.client.session.keepAlive(), "the last ping was not answered");
    }

    private void exchange() throws WireException {
        pair.exchange(new SplittableRandom(1));
    }

    private void accepted() {
        accepted = pair.server.accepted.remove();
        accepted.read(atServer);
    }

    private static void pump(YamuxStream stream, Bytes piece, long left) {
        if (left > 0) {
            CompletableFuture<Void> written = new CompletableFuture<>();
            stream.write(piece, written);
            CompletionStage<Void> next = written;
            next.thenRun(() -> pump(stream, piece, left - piece.size()));
        }
    }

    /** A reader of pieces alone. */
    private record Pieces(Consumer<Bytes> take) implements Stream.Reader {
        @Override
        public void onBytes(Bytes bytes) {
            take.accept(bytes);
        }

        @Override
        public void onEnd() {}

        @Override
        public void onReset() {}
    }

    /** One stream with something to say in both directions. */
    private static final class Talk {
        private final Collector atClient = new Collector();
        private final Collector atServer = new Collector();
        private final Bytes question;
        private final Bytes answer;

        Talk(SessionPair pair, RandomGenerator random) throws Exception {
            question = Bytes.owning(Seeds.bytes(random, 600_000));
            answer = Bytes.owning(Seeds.bytes(random, 600_000));
            YamuxStream stream = pair.client.session.open();
            stream.read(atClient);
            stream.write(question, new CompletableFuture<>());
            stream.closeWrite();
            pair.exchange(random);
            YamuxStream accepted = pair.server.accepted.remove();
            accepted.read(atServer);
            accepted.write(answer, new CompletableFuture<>());
            accepted.closeWrite();
        }

        void check() {
            assertEquals(question, atServer.bytes());
            assertEquals(answer, atClient.bytes());
            assertEquals(1, atServer.ends);
            assertEquals(1, atClient.ends);
            assertEquals(0, atServer.resets + atClient.resets);
        }
    }
}

package sotto.libp2p.yamux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.Limits;

/** Proves that the driver sends what the session has, asks whether the other end lives, and drops who breaks the rules. */
class YamuxHandlerTest {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private final Ears ears = new Ears();
    private final YamuxSession session = new YamuxSession(true, Limits.STANDARD, () -> Duration.ZERO, ears);
    private final YamuxHandler handler = new YamuxHandler(session, KEEP_ALIVE);
    private final EmbeddedChannel channel = new EmbeddedChannel();

    YamuxHandlerTest() {
        ears.handler = handler;
        channel.freezeTime();
        channel.pipeline().addLast(handler);
        channel.runPendingTasks();
    }

    @Test
    void sendsWhatIsWrittenAndTellsTheWriter() throws Exception {
        sent();
        YamuxStream stream = session.open();
        CompletableFuture<Void> written = new CompletableFuture<>();
        stream.write(Bytes.utf8("hello"), written);
        stream.closeWrite();
        channel.runPendingTasks();
        assertTrue(written.isDone());
        assertEquals(
                List.of(
                        new FrameHeader(FrameType.DATA, FrameHeader.SYN, 1, 5),
                        new FrameHeader(FrameType.WINDOW_UPDATE, FrameHeader.FIN, 1, 0)),
                sent());
    }

    @Test
    void asksWhetherTheOtherEndLivesAndClosesWhenItDoesNotAnswer() throws Exception {
        FrameHeader first = new FrameHeader(FrameType.PING, FrameHeader.SYN, 0, 1);
        assertEquals(List.of(first), sent());
        receive(new FrameHeader(FrameType.PING, FrameHeader.ACK, 0, 1));
        pass(KEEP_ALIVE);
        assertEquals(List.of(new FrameHeader(FrameType.PING, FrameHeader.SYN, 0, 2)), sent());
        assertTrue(channel.isActive());
        pass(KEEP_ALIVE);
        assertFalse(channel.isActive());
    }

    @Test
    void answersPings() throws Exception {
        sent();
        receive(new FrameHeader(FrameType.PING, FrameHeader.SYN, 0, 0xcafeL));
        assertEquals(List.of(new FrameHeader(FrameType.PING, FrameHeader.ACK, 0, 0xcafeL)), sent());
    }

    @Test
    void goesAwayFromAPeerThatBreaksTheRulesAndCloses() throws Exception {
        sent();
        Collector reader = new Collector();
        session.open().read(reader);
        receive(new FrameHeader(FrameType.DATA, FrameHeader.SYN, 2, ReceiveWindow.INITIAL_BYTES + 1L));
        List<FrameHeader> last = sent();
        assertEquals(new FrameHeader(FrameType.GO_AWAY, 0, 0, 1), last.get(0));
        assertFalse(channel.isActive());
        assertEquals(1, reader.resets);
    }

    @Test
    void goesAwayInPeaceWhenItIsClosed() throws Exception {
        sent();
        handler.close();
        assertEquals(List.of(new FrameHeader(FrameType.GO_AWAY, 0, 0, 0)), sent());
        assertFalse(channel.isActive());
    }

    @Test
    void resetsItsStreamsWhenTheConnectionIsLost() throws Exception {
        Collector reader = new Collector();
        session.open().read(reader);
        channel.disconnect().syncUninterruptibly();
        assertEquals(1, reader.resets);
    }

    private void pass(Duration span) {
        channel.advanceTimeBy(span.toMillis(), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private void receive(FrameHeader header) {
        ByteBuf wire = Unpooled.buffer();
        header.encode(wire);
        channel.writeInbound(wire);
    }

    /** The headers of all that was sent since the last call. */
    private List<FrameHeader> sent() throws WireException {
        List<FrameHeader> headers = new ArrayList<>();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            while (out.isReadable()) {
                FrameHeader header = FrameHeader.decode(out);
                headers.add(header);
                out.skipBytes(header.type() == FrameType.DATA ? (int) header.length() : 0);
            }
        }
        return headers;
    }

    /** Tells the driver what it has to be told. */
    private static final class Ears implements YamuxSession.Listener {
        private YamuxHandler handler =
                new YamuxHandler(new YamuxSession(true, Limits.STANDARD, () -> Duration.ZERO, this), KEEP_ALIVE);

        @Override
        public void onStream(YamuxStream stream) {}

        @Override
        public void onStreamGone(YamuxStream stream, int left) {}

        @Override
        public void onGoAway() {}

        @Override
        public void onOutput() {
            handler.onOutput();
        }
    }
}

package sotto.libp2p.yamux;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.Limits;
import sotto.libp2p.runtime.Seeds;

/** Proves that a peer cannot make a session hold, queue or grow beyond its bounds, whatever frames it sends. */
class YamuxBoundsTest {
    private static final int WINDOW = ReceiveWindow.INITIAL_BYTES;

    private final SessionPair pair = new SessionPair(Limits.STANDARD);
    private final SessionPair.End server = pair.server;

    @Test
    void dropsAPeerThatSendsMoreThanTheWindow() throws WireException {
        receive(data(1, FrameHeader.SYN, WINDOW), new byte[WINDOW]);
        assertEquals(1, server.accepted.size());
        assertThrows(WireException.class, () -> receive(data(1, 0, 1), new byte[1]));
    }

    @Test
    void dropsAPeerThatAnnouncesMoreThanTheWindowBeforeItComes() {
        assertThrows(WireException.class, () -> receive(data(1, FrameHeader.SYN, WINDOW + 1L), new byte[0]));
    }

    @Test
    void dropsAPeerThatAnnouncesAFrameForNoStreamLongerThanAnyWindow() throws WireException {
        receive(data(1, 0, 3), new byte[3]);
        assertThrows(WireException.class, () -> receive(data(1, 0, 0xffff_ffffL), new byte[0]));
    }

    @Test
    void refusesStreamsAboveTheBoundAndTakesTheNextOnceOneIsGone() throws WireException {
        int max = Limits.STANDARD.streams().inboundMax();
        for (int i = 0; i < max; i++) {
            receive(data(1 + 2 * i, FrameHeader.SYN, 0), new byte[0]);
        }
        output();
        receive(data(1 + 2 * max, FrameHeader.SYN, 4), new byte[4]);
        assertEquals(max, server.accepted.size());
        assertEquals(List.of(new FrameHeader(FrameType.WINDOW_UPDATE, FrameHeader.RST, 1 + 2 * max, 0)), output());

        receive(data(1, FrameHeader.RST, 0), new byte[0]);
        receive(data(3 + 2 * max, FrameHeader.SYN, 0), new byte[0]);
        assertEquals(max + 1, server.accepted.size());
    }

    @Test
    void opensNoMoreStreamsThanTheBound() throws HostException {
        for (int i = 0; i < Limits.STANDARD.streams().outboundMax(); i++) {
            pair.client.session.open();
        }
        HostException refused = assertThrows(HostException.class, pair.client.session::open);
        assertEquals(HostException.Reason.LIMIT_REACHED, refused.reason());
    }

    @Test
    void dropsAPeerThatAsksAndDoesNotRead() throws WireException {
        for (int i = 0; i < YamuxSession.CONTROL_FRAMES_MAX; i++) {
            receive(new FrameHeader(FrameType.PING, FrameHeader.SYN, 0, i), new byte[0]);
        }
        FrameHeader oneMore = new FrameHeader(FrameType.PING, FrameHeader.SYN, 0, 0);
        assertThrows(WireException.class, () -> receive(oneMore, new byte[0]));
    }

    @Test
    void dropsAPeerWhoseWindowOverflows() throws WireException {
        receive(data(1, FrameHeader.SYN, 0), new byte[0]);
        FrameHeader huge = new FrameHeader(FrameType.WINDOW_UPDATE, 0, 1, 0xffff_ffffL);
        assertThrows(WireException.class, () -> receive(huge, new byte[0]));
    }

    @Test
    void dropsAPeerThatOpensAStreamWithAnIdThatIsNotItsToGive() throws WireException {
        assertThrows(WireException.class, () -> receive(data(2, FrameHeader.SYN, 0), new byte[0]));
        receive(data(1, FrameHeader.SYN, 0), new byte[0]);
        assertThrows(WireException.class, () -> receive(data(1, FrameHeader.SYN, 0), new byte[0]));
    }

    @Test
    void resetsAStreamThatSendsAfterItsEnd() throws WireException {
        receive(data(1, FrameHeader.SYN | FrameHeader.FIN, 0), new byte[0]);
        Collector reader = new Collector();
        server.accepted.remove().read(reader);
        output();
        receive(data(1, 0, 3), new byte[3]);
        assertEquals(List.of(new FrameHeader(FrameType.WINDOW_UPDATE, FrameHeader.RST, 1, 0)), output());
        assertEquals(1, reader.resets);
        assertEquals(Bytes.EMPTY, reader.bytes());
    }

    @Test
    void holdsNoMoreThanTheBoundForStreamsThatNobodyReads() throws WireException {
        int held = 0;
        int id = 1;
        while (held + WINDOW <= Limits.STANDARD.queues().heldBytesMax()) {
            receive(data(id, FrameHeader.SYN, WINDOW), new byte[WINDOW]);
            held += WINDOW;
            id += 2;
        }
        int streams = server.session.streamCount();
        receive(data(id, FrameHeader.SYN, WINDOW), new byte[WINDOW]);
        assertEquals(streams, server.session.streamCount(), "the stream that was too much is reset");
    }

    @Test
    void holdsSingleBytesInNoMoreMemoryThanBytesThatComeTogether() {
        ReceiveBuffer buffer = new ReceiveBuffer();
        for (int i = 0; i < WINDOW; i++) {
            buffer.add(Unpooled.wrappedBuffer(new byte[] {(byte) i}));
        }
        int pieces = 0;
        int bytes = 0;
        while (!buffer.isEmpty()) {
            bytes += buffer.takeFirst().size();
            pieces++;
        }
        assertEquals(WINDOW, bytes);
        assertTrue(pieces < 32, pieces + " pieces");
    }

    @Test
    void resetsAStreamWhoseWriterDoesNotWait() throws Exception {
        YamuxStream stream = pair.client.session.open();
        Collector reader = new Collector();
        stream.read(reader);
        Bytes half = Bytes.owning(new byte[Limits.STANDARD.queues().writeBytesMax() / 2 + 1]);
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        stream.write(half, first);
        stream.write(half, second);
        assertTrue(second.isCompletedExceptionally());
        assertTrue(first.isCompletedExceptionally());
        assertEquals(1, reader.resets);
    }

    @Test
    void takesOneWriteOfAnySizeSinceItsBytesAreThereAnyway() throws Exception {
        YamuxStream stream = pair.client.session.open();
        CompletableFuture<Void> written = new CompletableFuture<>();
        stream.write(Bytes.owning(new byte[3 * Limits.STANDARD.queues().writeBytesMax()]), written);
        assertFalse(written.isDone());
    }

    @Test
    void growsWindowsForAFastReaderUpToTheBoundAndNoFurther() throws WireException {
        Limits.Queues queues = Limits.STANDARD.queues();
        WindowGrowth growth = new WindowGrowth(queues.grownWindowsBytesMax());
        ReceiveWindow window = new ReceiveWindow(queues.windowBytesMax(), growth);
        Duration roundTrip = Duration.ofMillis(100);
        long allowed = WINDOW;
        Duration now = Duration.ofSeconds(100);
        for (int i = 0; i < 10_000; i++) {
            window.onAnnounced(10_000);
            allowed += window.onRead(10_000, now, java.util.Optional.of(roundTrip)) - 10_000;
            now = now.plusNanos(1);
            assertTrue(allowed <= queues.windowBytesMax(), allowed + " allowed");
        }
        assertTrue(allowed > queues.windowBytesMax() / 2 - 10_000, allowed + " allowed");
    }

    @Test
    void growsNoWindowForASlowReader() throws WireException {
        ReceiveWindow window = new ReceiveWindow(4 << 20, new WindowGrowth(4 << 20));
        long allowed = WINDOW;
        for (int i = 0; i < 100; i++) {
            window.onAnnounced(10_000);
            Duration now = Duration.ofSeconds(100 + i);
            allowed += window.onRead(10_000, now, java.util.Optional.of(Duration.ofMillis(100))) - 10_000;
            assertTrue(allowed <= WINDOW);
        }
    }

    @Test
    void anyBytesAreTakenOrRefusedAndNothingElseHappens() {
        Seeds.forEach(500, random -> {
            SessionPair.End end = new SessionPair(Limits.STANDARD).server;
            for (int i = 0; i < 200; i++) {
                FrameHeader header = new FrameHeader(
                        FrameType.of(random.nextInt(2) == 0 ? 0 : random.nextInt(4))
                                .orElseThrow(),
                        random.nextInt(16),
                        1 + random.nextInt(9),
                        random.nextInt(300));
                ByteBuf wire = Unpooled.buffer();
                header.encode(wire);
                wire.writeBytes(Seeds.bytes(random, 300));
                try {
                    end.session.receive(wire);
                } catch (WireException refused) {
                    return; // The other allowed outcome, after which nothing more is received.
                }
                end.output(1 + random.nextInt(200));
            }
            assertDoesNotThrow(end.session::end);
        });
    }

    private static FrameHeader data(int streamId, int flags, long length) {
        return new FrameHeader(FrameType.DATA, flags, streamId, length);
    }

    private void receive(FrameHeader header, byte[] data) throws WireException {
        ByteBuf wire = Unpooled.buffer();
        header.encode(wire);
        server.session.receive(wire.writeBytes(data));
    }

    /** The headers of what the session has to send, none of which has data. */
    private List<FrameHeader> output() throws WireException {
        List<FrameHeader> headers = new ArrayList<>();
        while (server.session.hasOutput()) {
            ByteBuf out = server.output(server.session.outputBytes());
            while (out.isReadable()) {
                headers.add(FrameHeader.decode(out));
            }
        }
        return headers;
    }
}

package sotto.libp2p.yamux;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.Limits;

/**
 * One end of a Yamux session: bytes in, bytes out, and the streams between. Life cycle: made when the connection is secured;
 * fed with {@link #receive} and emptied with {@link #sendTo}; over after {@link #end}. A violation is a {@link WireException}
 * out of {@link #receive}, after which the session is only good for {@link #goAway} and {@link #end}. Confined to the
 * connection's loop.
 */
public final class YamuxSession {
    /** Answers and refusals that wait to be sent; only a peer that provokes them without reading gets this far. */
    static final int CONTROL_FRAMES_MAX = 1024;

    private final boolean isClient;
    private final Limits limits;
    private final Supplier<Duration> uptime;
    private final Listener listener;
    private final FrameReader frames = new FrameReader();
    private final Incoming incoming = new Incoming();
    private final WindowGrowth growth;

    private final Map<Integer, YamuxStream> streams = new HashMap<>();
    private final Queue<FrameHeader> control = new ArrayDeque<>();
    private final Queue<YamuxStream> line = new ArrayDeque<>();
    private int inbound;
    private int nextId;
    private long heldBytes;

    private final KeepAlive keepAlive = new KeepAlive();
    private boolean isGoingAway;
    private boolean isOver;

    /** The session of the end that dialled ({@code isClient}) or of the other. */
    public YamuxSession(boolean isClient, Limits limits, Supplier<Duration> uptime, Listener listener) {
        this.isClient = isClient;
        this.limits = limits;
        this.uptime = uptime;
        this.listener = listener;
        this.growth = new WindowGrowth(limits.queues().grownWindowsBytesMax());
        this.nextId = isClient ? 1 : 2;
    }

    /** What a session tells; within the calls that cause it. */
    public interface Listener {
        /** The other end opened a stream. */
        void onStream(YamuxStream stream);

        /** The other end opened one more stream than it may have. */
        default void onStreamRefused() {}

        /** {@code stream} is gone; {@code left} are still open. */
        void onStreamGone(YamuxStream stream, int left);

        /** The other end will take no new streams. */
        void onGoAway();

        /** There is something to send that was not there before. */
        void onOutput();
    }

    /** A new stream; its first frame leaves with what is written first. */
    public YamuxStream open() throws HostException {
        if (isOver || isGoingAway) {
            throw new HostException(HostException.Reason.CLOSED, "the connection takes no new streams");
        }
        if (streams.size() - inbound >= limits.streams().outboundMax() || nextId < 0) {
            throw new HostException(HostException.Reason.LIMIT_REACHED, "too many streams opened on this connection");
        }
        YamuxStream stream = new YamuxStream(this, nextId, FrameHeader.SYN);
        nextId += 2;
        streams.put(stream.id(), stream);
        offerOutput(stream);
        return stream;
    }

    /** Takes what came from the other end; callbacks come within. */
    public void receive(ByteBuf in) throws WireException {
        frames.feed(in, incoming);
    }

    /** Whether {@link #sendTo} has anything to do. */
    public boolean hasOutput() {
        line.removeIf(stream -> {
            stream.isInLine = stream.hasOutput();
            return !stream.isInLine;
        });
        return !control.isEmpty() || !line.isEmpty();
    }

    /** How much room the next {@link #sendTo} can use. */
    public int outputBytes() {
        long data = line.stream()
                .mapToLong(stream -> stream.sendableBytes() + 3 * FrameHeader.SIZE_BYTES)
                .sum();
        return (int) Math.min(Integer.MAX_VALUE, data + (long) control.size() * FrameHeader.SIZE_BYTES);
    }

    /**
     * Writes what is due to {@code out}, as much as it has room for: streams take turns.
     *
     * @param finished receives the writes that left whole; to be completed once {@code out} was handed to the transport
     */
    public void sendTo(ByteBuf out, Collection<CompletableFuture<Void>> finished) {
        while (out.writableBytes() >= FrameHeader.SIZE_BYTES && !control.isEmpty()) {
            control.remove().encode(out);
        }
        while (out.writableBytes() >= 3 * FrameHeader.SIZE_BYTES && !line.isEmpty()) {
            YamuxStream stream = line.remove();
            stream.isInLine = false;
            if (stream.hasOutput()) {
                stream.sendTo(out, line.isEmpty(), finished);
                offerOutput(stream);
            }
        }
    }

    /**
     * To be called at even intervals: asks the other end whether it lives.
     *
     * @return false if it did not answer the last time
     */
    public boolean keepAlive() {
        if (keepAlive.isAwaiting()) {
            return false;
        }
        sendControl(keepAlive.ask(uptime.get()));
        return true;
    }

    /** The last measured round trip of the connection. */
    public Optional<Duration> roundTrip() {
        return keepAlive.roundTrip();
    }

    /** Tells the other end that this one closes, because of a violation or not. */
    public void goAway(boolean isForViolation) {
        isGoingAway = true;
        sendControl(new FrameHeader(FrameType.GO_AWAY, 0, 0, isForViolation ? 1 : 0));
    }

    /** The connection is gone: so are all streams. */
    public void end() {
        isOver = true;
        List.copyOf(streams.values()).forEach(YamuxStream::abandon);
        control.clear();
        line.clear();
    }

    public int streamCount() {
        return streams.size();
    }

    // --- For the streams

    boolean isOurs(int streamId) {
        return ((streamId & 1) == 1) == isClient;
    }

    ReceiveWindow newReceiveWindow() {
        return new ReceiveWindow(limits.queues().windowBytesMax(), growth);
    }

    int windowIncrement(ReceiveWindow window, int readBytes) {
        return window.onRead(readBytes, uptime.get(), keepAlive.roundTrip());
    }

    long writeBytesMax() {
        return limits.queues().writeBytesMax();
    }

    /** Whether {@code bytes} more may be held for streams that nobody reads. */
    boolean hold(int bytes) {
        if (heldBytes + bytes > limits.queues().heldBytesMax()) {
            return false;
        }
        heldBytes += bytes;
        return true;
    }

    void release(int bytes) {
        heldBytes -= bytes;
    }

    void offerOutput(YamuxStream stream) {
        if (!stream.isInLine && !isOver && stream.hasOutput()) {
            stream.isInLine = true;
            line.add(stream);
            listener.onOutput();
        }
    }

    void sendReset(int streamId) {
        sendControl(new FrameHeader(FrameType.WINDOW_UPDATE, FrameHeader.RST, streamId, 0));
    }

    void forgetIfOver(YamuxStream stream) {
        if (stream.isOver()) {
            forget(stream);
        }
    }

    void forget(YamuxStream stream) {
        if (streams.remove(stream.id(), stream)) {
            stream.closeWindow();
            inbound -= stream.isOutbound() ? 0 : 1;
            listener.onStreamGone(stream, streams.size());
        }
    }

    private void sendControl(FrameHeader frame) {
        control.add(frame);
        listener.onOutput();
    }

    /** The frames of the other end, in their order. */
    private final class Incoming implements FrameReader.Sink {
        private FrameHeader header = new FrameHeader(FrameType.GO_AWAY, 0, 0, 0);
        // Absent while the data that comes is for a stream that is gone: that is dropped as it comes.
        private @Nullable YamuxStream stream;

        @Override
        public void onHeader(FrameHeader next) throws WireException {
            header = next;
            if (control.size() >= CONTROL_FRAMES_MAX) {
                throw new WireException("a peer that asks and does not read");
            }
            switch (next.type()) {
                case DATA, WINDOW_UPDATE -> onStreamFrame(next);
                case PING -> onPing(next);
                case GO_AWAY -> onGoAway(next);
            }
        }

        @Override
        public void onData(ByteBuf data) {
            if (stream != null) {
                stream.onData(data);
            }
        }

        @Override
        public void onDataEnd() {
            if (stream != null && header.has(FrameHeader.FIN)) {
                stream.onFin();
            }
        }

        private void onStreamFrame(FrameHeader next) throws WireException {
            stream = next.has(FrameHeader.SYN) ? accept(next.streamId()) : streams.get(next.streamId());
            if (stream == null) {
                // In flight when the stream was reset here, or refused; no honest frame is longer than a window.
                if (next.type() == FrameType.DATA
                        && next.length() > limits.queues().windowBytesMax()) {
                    throw new WireException("a frame of " + next.length() + " bytes for no stream");
                }
            } else if (next.has(FrameHeader.RST)) {
                stream.abandon();
                stream = null;
            } else if (next.type() == FrameType.DATA && next.length() > 0 && stream.wasEnded()) {
                stream.reset();
                stream = null;
            } else if (next.type() == FrameType.DATA) {
                stream.onDataAnnounced(next.length());
            } else {
                stream.onWindowIncrement(next.length());
                onDataEnd();
            }
        }

        private @Nullable YamuxStream accept(int id) throws WireException {
            if (isOurs(id) || streams.containsKey(id)) {
                throw new WireException("a new stream with an id that is not the other end's to give");
            }
            if (inbound >= limits.streams().inboundMax() || isGoingAway || isOver) {
                sendReset(id);
                listener.onStreamRefused();
                return null;
            }
            YamuxStream accepted = new YamuxStream(YamuxSession.this, id, FrameHeader.ACK);
            streams.put(id, accepted);
            inbound++;
            listener.onStream(accepted);
            return streams.get(id);
        }

        private void onPing(FrameHeader ping) {
            if (ping.has(FrameHeader.SYN)) {
                sendControl(new FrameHeader(FrameType.PING, FrameHeader.ACK, 0, ping.length()));
            } else if (ping.has(FrameHeader.ACK)) {
                keepAlive.onAnswer(ping.length(), uptime.get());
            }
        }

        private void onGoAway(FrameHeader goAway) throws WireException {
            if (goAway.length() != 0) {
                throw new WireException("the other end goes away with code " + goAway.length());
            }
            isGoingAway = true;
            listener.onGoAway();
        }
    }
}

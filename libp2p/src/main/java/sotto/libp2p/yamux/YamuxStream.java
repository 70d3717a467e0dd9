package sotto.libp2p.yamux;

import io.netty.buffer.ByteBuf;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.Stream;

/**
 * One stream of a session. Life cycle: open; each direction ends by close, or both by reset; then the session forgets it.
 * Confined to the connection's loop; callbacks come within the calls that cause them.
 */
public final class YamuxStream {
    private static final int TURN_BYTES_MAX = 16 * 1024;

    private final YamuxSession session;
    private final int id;
    private final SendQueue queue = new SendQueue();
    private final ReceiveBuffer held = new ReceiveBuffer();
    private final ReceiveWindow receiveWindow;
    private long sendWindowBytes = ReceiveWindow.INITIAL_BYTES;

    private Stream.@Nullable Reader reader;
    private boolean isReading = true;
    private boolean isDelivering;
    private int givenBackBytes;

    // SYN or ACK until the first frame has taken it along.
    private int firstFlags;
    private int windowIncrement;
    private boolean isWriteClosed;
    private boolean wasFinSent;
    private boolean wasFinReceived;
    private boolean wasEndTold;
    private boolean isReset;

    // Kept by the session: whether this stands in its line of streams that have something to send.
    boolean isInLine;

    YamuxStream(YamuxSession session, int id, int firstFlags) {
        this.session = session;
        this.id = id;
        this.firstFlags = firstFlags;
        this.receiveWindow = session.newReceiveWindow();
    }

    /** Who reads from now on, in the place of whoever did before. What came meanwhile is delivered within this call. */
    public void read(Stream.Reader next) {
        reader = next;
        if (isReset) {
            next.onReset();
        } else {
            deliver();
        }
    }

    /**
     * Gives back the end of what the reader is just being handed, and takes the reader away: for whoever reads only the
     * beginning of a stream. The next reader gets it first.
     */
    public void unread(Bytes rest) {
        reader = null;
        if (!rest.isEmpty() && !isReset && session.hold(rest.size())) {
            held.addFirst(rest);
            givenBackBytes += rest.size();
        }
    }

    /** Stops or resumes delivery; what comes meanwhile is held, and no more of it than the window. */
    public void setReading(boolean isReading) {
        this.isReading = isReading;
        deliver();
    }

    /** Sends {@code bytes} after all that was written before; {@code written} tells how it went, as {@link Stream#write} says. */
    public void write(Bytes bytes, CompletableFuture<Void> written) {
        if (isReset || isWriteClosed) {
            written.completeExceptionally(closed());
        } else if (!queue.isEmpty() && queue.bytes() + bytes.size() > session.writeBytesMax()) {
            written.completeExceptionally(
                    new HostException(HostException.Reason.LIMIT_REACHED, "too much written and not yet sent"));
            reset();
        } else if (queue.isEmpty() && bytes.isEmpty()) {
            written.complete(null);
        } else {
            queue.add(bytes, written);
            session.offerOutput(this);
        }
    }

    /** Ends our direction after all that was written. */
    public void closeWrite() {
        if (!isReset && !isWriteClosed) {
            isWriteClosed = true;
            session.offerOutput(this);
        }
    }

    /** Drops both directions, and tells the other end. */
    public void reset() {
        if (!isReset && !isOver()) {
            // A stream whose first frame has not left does not exist for the other end.
            if ((firstFlags & FrameHeader.SYN) == 0) {
                session.sendReset(id);
            }
            abandon();
        }
    }

    int id() {
        return id;
    }

    /** True if this end opened it. */
    boolean isOutbound() {
        return session.isOurs(id);
    }

    /** The other end has said that it writes no more. */
    boolean wasEnded() {
        return wasFinReceived;
    }

    /** Both directions ended cleanly. */
    boolean isOver() {
        return wasFinSent && wasFinReceived;
    }

    // --- What comes in

    void onWindowIncrement(long bytes) throws WireException {
        sendWindowBytes += bytes;
        if (sendWindowBytes > 0xffff_ffffL) {
            throw new WireException("a window that overflows 32 bits");
        }
        session.offerOutput(this);
    }

    /** A frame with {@code bytes} of data begins. */
    void onDataAnnounced(long bytes) throws WireException {
        receiveWindow.onAnnounced(bytes);
    }

    void onData(ByteBuf data) {
        if (isReset) {
            return;
        }
        if (reader != null && isReading && !isDelivering && held.isEmpty()) {
            byte[] bytes = new byte[data.readableBytes()];
            data.readBytes(bytes);
            isDelivering = true;
            tell(reader, bytes);
            isDelivering = false;
            // The reader may have stopped and resumed; and what came may be the last.
            deliver();
        } else if (session.hold(data.readableBytes())) {
            held.add(data);
        } else {
            reset();
        }
    }

    void onFin() {
        if (!wasFinReceived && !isReset) {
            wasFinReceived = true;
            deliver();
            session.forgetIfOver(this);
        }
    }

    /** The other end reset this stream, or the session ends. */
    void abandon() {
        if (isReset) {
            return;
        }
        isReset = true;
        session.release(held.bytes());
        held.drop();
        queue.drop().forEach(written -> written.completeExceptionally(closed()));
        session.forget(this);
        if (reader != null) {
            reader.onReset();
        }
    }

    /** Gives back what the window had grown by. */
    void closeWindow() {
        receiveWindow.close();
    }

    private void deliver() {
        if (isDelivering) {
            return;
        }
        isDelivering = true;
        while (reader != null && isReading && !held.isEmpty()) {
            Bytes piece = held.takeFirst();
            session.release(piece.size());
            tell(reader, piece);
        }
        isDelivering = false;
        if (reader != null && isReading && wasFinReceived && held.isEmpty() && !wasEndTold && !isReset) {
            wasEndTold = true;
            reader.onEnd();
        }
    }

    private void tell(Stream.Reader to, byte[] bytes) {
        tell(to, Bytes.owning(bytes));
    }

    private void tell(Stream.Reader to, Bytes bytes) {
        to.onBytes(bytes);
        if (!isReset && !wasFinReceived) {
            windowIncrement += session.windowIncrement(receiveWindow, bytes.size() - givenBackBytes);
            givenBackBytes = 0;
            if (windowIncrement > 0) {
                session.offerOutput(this);
            }
        }
    }

    // --- What goes out

    boolean hasOutput() {
        return !isReset
                && ((firstFlags & FrameHeader.SYN) != 0
                        || windowIncrement > 0
                        || (sendWindowBytes > 0 && queue.bytes() > 0)
                        || isFinDue());
    }

    /** What this would send at once, headers aside. */
    long sendableBytes() {
        return Math.min(queue.bytes(), sendWindowBytes);
    }

    /**
     * Sends what is due, as far as {@code out} has room, which is for three headers at least.
     *
     * @param isAlone no other stream waits, so this one need not leave room for others
     */
    void sendTo(ByteBuf out, boolean isAlone, Collection<CompletableFuture<Void>> finished) {
        boolean hasData = sendableBytes() > 0;
        if (windowIncrement > 0 || ((firstFlags & FrameHeader.SYN) != 0 && !hasData)) {
            header(FrameType.WINDOW_UPDATE, takeFirstFlags(), windowIncrement).encode(out);
            windowIncrement = 0;
        }
        if (hasData) {
            int room = Math.min(
                    out.writableBytes() - 2 * FrameHeader.SIZE_BYTES, isAlone ? Integer.MAX_VALUE : TURN_BYTES_MAX);
            int sent = (int) Math.min(sendableBytes(), room);
            header(FrameType.DATA, takeFirstFlags(), sent).encode(out);
            queue.moveTo(out, sent, finished);
            sendWindowBytes -= sent;
        }
        if (isFinDue()) {
            header(FrameType.WINDOW_UPDATE, takeFirstFlags() | FrameHeader.FIN, 0)
                    .encode(out);
            wasFinSent = true;
            session.forgetIfOver(this);
        }
    }

    private boolean isFinDue() {
        return isWriteClosed && !wasFinSent && queue.isEmpty();
    }

    private int takeFirstFlags() {
        int flags = firstFlags;
        firstFlags = 0;
        return flags;
    }

    private FrameHeader header(FrameType type, int flags, long length) {
        return new FrameHeader(type, flags, id, length);
    }

    private static HostException closed() {
        return new HostException(HostException.Reason.CLOSED, "the stream is closed");
    }
}

package sotto.node.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.host.MessageStream;
import sotto.libp2p.host.Stream;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.wire.SessionMessage;

/**
 * A session over its stream: the handshake of {@link SessionHello}, then messages both ways until either end closes. Confined to
 * the node loop; the stream's own callbacks are posted there.
 */
public final class Session {
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    /** Received frames that wait for the node loop: at the upper mark the stream stops reading, at the lower it goes on. */
    private static final int WAITING_FRAMES_MAX = 64;

    private static final int WAITING_FRAMES_RESUME = 16;

    private final EventLoop loop;
    private final Listener listener;
    private final MessageStream stream;
    private final EventLoop.Timer handshakeTimer;

    // Counted up by the connection's loop, down by the node loop.
    private final AtomicInteger waitingFrames = new AtomicInteger();

    private State state;

    /** What happens in a session, on the node loop. Nothing is told after {@link #onClosed}. */
    public interface Listener {
        /** Both ends proved the pair root: messages may be sent. */
        void onReady(Session session);

        void onMessage(Session session, SessionMessage message);

        void onClosed(Session session);
    }

    private Session(Stream stream, EventLoop loop, State first, Listener listener) {
        this.loop = loop;
        this.listener = listener;
        this.stream = new MessageStream(stream, SealedChannel.FRAME_BYTES_MAX);
        this.state = first;
        this.handshakeTimer = loop.schedule(HANDSHAKE_TIMEOUT, this::closeUnlessReady);
    }

    /** Begins a session over {@code stream}, which nobody reads yet. Call on the node loop. */
    public static Session begin(
            Crypto crypto, SessionBinding binding, Stream stream, EventLoop loop, Listener listener) {
        SessionHello hello = new SessionHello(crypto, binding, loop.random());
        Session session = new Session(stream, loop, new Greeting(hello), listener);
        session.stream.write(hello.message());
        session.stream.read(session.new Posting());
        return session;
    }

    public Stream stream() {
        return stream.stream();
    }

    /**
     * Sends a message behind all earlier ones.
     *
     * @return completes on the connection's loop once it was handed to the transport; fails if the session is over
     */
    public CompletionStage<Void> send(SessionMessage message) {
        if (!(state instanceof Ready ready)) {
            return CompletableFuture.failedFuture(new SessionException("the session is not open"));
        }
        List<Bytes> frames = ready.channel.seal(message.encode());
        CompletionStage<Void> last = CompletableFuture.completedFuture(null);
        for (Bytes frame : frames) {
            last = stream.write(frame);
        }
        return last;
    }

    public boolean isReady() {
        return state instanceof Ready;
    }

    /** Ends the session at once, both ways. Idempotent. */
    public void close() {
        if (state instanceof Over) {
            return;
        }
        handshakeTimer.cancel();
        if (state instanceof Ready ready) {
            ready.channel.close();
        }
        state = new Over();
        stream.stream().reset();
        listener.onClosed(this);
    }

    private void closeUnlessReady() {
        if (!isReady()) {
            close();
        }
    }

    private void onFrame(Bytes frame) {
        if (waitingFrames.decrementAndGet() == WAITING_FRAMES_RESUME) {
            stream.setReading(true);
        }
        try {
            state.take(this, frame);
        } catch (SessionException | WireException notASession) {
            close();
        }
    }

    /** The states of a session, in their order. */
    private sealed interface State {
        void take(Session session, Bytes frame) throws SessionException, WireException;
    }

    private record Greeting(SessionHello hello) implements State {
        @Override
        public void take(Session session, Bytes frame) throws SessionException {
            SessionConfirmation confirmation = hello.onHello(frame);
            session.stream.write(confirmation.message());
            session.state = new Confirming(confirmation);
        }
    }

    private record Confirming(SessionConfirmation confirmation) implements State {
        @Override
        public void take(Session session, Bytes frame) throws SessionException {
            session.state = new Ready(confirmation.onConfirmation(frame));
            session.handshakeTimer.cancel();
            session.listener.onReady(session);
        }
    }

    private record Ready(SealedChannel channel) implements State {
        @Override
        public void take(Session session, Bytes frame) throws SessionException, WireException {
            var message = channel.open(frame);
            if (message.isPresent()) {
                session.listener.onMessage(session, SessionMessage.decode(message.get()));
            }
        }
    }

    private record Over() implements State {
        @Override
        public void take(Session session, Bytes frame) {
            // Frames that were on their way to the loop when the session ended.
        }
    }

    /** Posts what the stream says to the node loop. */
    private final class Posting implements MessageStream.Reader {
        @Override
        public void onMessage(Bytes frame) {
            if (waitingFrames.incrementAndGet() == WAITING_FRAMES_MAX) {
                stream.setReading(false);
                if (waitingFrames.get() <= WAITING_FRAMES_RESUME) {
                    // The node loop was faster: it has resumed what was not yet stopped, and will not do so again.
                    stream.setReading(true);
                }
            }
            loop.execute(() -> onFrame(frame));
        }

        @Override
        public void onEnd() {
            loop.execute(Session.this::close);
        }

        @Override
        public void onReset() {
            loop.execute(Session.this::close);
        }
    }
}

package sotto.libp2p.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.WireException;

/**
 * Drives a session on a connection: feeds it what comes, and sends what it has while the connection takes it. Confined to
 * the connection's loop.
 */
public final class YamuxHandler extends ChannelInboundHandlerAdapter {
    private static final System.Logger LOG = System.getLogger(YamuxHandler.class.getName());

    /** What is sent in one piece: just less than one message of a secured channel carries. */
    private static final int PIECE_BYTES_MAX = 65_500;

    /** Pieces sent before other tasks of the loop have their turn. */
    private static final int PIECES_PER_TURN = 16;

    private final YamuxSession session;
    private final Duration keepAlive;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> nextQuestion;
    private boolean isSendScheduled;
    private boolean isReceiving;

    /** @param keepAlive how often the other end is asked whether it lives */
    public YamuxHandler(YamuxSession session, Duration keepAlive) {
        this.session = session;
        this.keepAlive = keepAlive;
    }

    /** To be called when the session has output: sends it soon, together with what else comes up until then. */
    public void onOutput() {
        if (context != null && !isSendScheduled && !isReceiving) {
            isSendScheduled = true;
            context.executor().execute(this::send);
        }
    }

    /** Sends go-away and closes the connection. */
    public void close() {
        if (context != null && context.channel().isActive()) {
            close(context, false);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        askWhetherItLives(added);
        onOutput();
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        ByteBuf in = (ByteBuf) message;
        isReceiving = true;
        try {
            session.receive(in);
        } catch (WireException violation) {
            LOG.log(System.Logger.Level.DEBUG, "a connection is dropped", violation);
            close(from, true);
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
        isReceiving = false;
        send();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext from) {
        if (from.channel().isWritable()) {
            onOutput();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        if (nextQuestion != null) {
            nextQuestion.cancel(false);
        }
        session.end();
        from.fireChannelInactive();
    }

    private void send() {
        isSendScheduled = false;
        if (context == null || !context.channel().isActive()) {
            return;
        }
        int pieces = 0;
        while (context.channel().isWritable() && pieces++ < PIECES_PER_TURN && session.hasOutput()) {
            sendPiece(context);
        }
        context.flush();
        if (context.channel().isWritable() && session.hasOutput()) {
            onOutput();
        }
    }

    // A void promise reports a failed write to the pipeline, as an exception.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void sendPiece(ChannelHandlerContext to) {
        List<CompletableFuture<Void>> finished = new ArrayList<>();
        // An array of its own: native ciphers copy the whole array that a buffer lies in, and back.
        ByteBuf out = Unpooled.buffer(Math.min(PIECE_BYTES_MAX, session.outputBytes()), PIECE_BYTES_MAX);
        session.sendTo(out, finished);
        to.write(out, to.voidPromise());
        finished.forEach(written -> written.complete(null));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Whether the close succeeds changes nothing.
    private void close(ChannelHandlerContext from, boolean isForViolation) {
        session.goAway(isForViolation);
        sendPiece(from);
        from.flush();
        session.end();
        from.close();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Whether the close succeeds changes nothing.
    private void askWhetherItLives(ChannelHandlerContext from) {
        if (session.keepAlive()) {
            nextQuestion = from.executor()
                    .schedule(() -> askWhetherItLives(from), keepAlive.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            from.close();
        }
    }
}

package sotto.libp2p.multistream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * Drives one negotiation on a connection. When it is over it fires {@link Outcome} to the handlers behind it, leaves the
 * pipeline, and passes on what came behind the last line; a violation is fired as the {@link WireException} it is. Confined
 * to the connection's loop.
 */
public final class NegotiationHandler extends ChannelInboundHandlerAdapter {
    private final Negotiation negotiation;

    public NegotiationHandler(Negotiation negotiation) {
        this.negotiation = negotiation;
    }

    /**
     * The negotiation is over: an event of the pipeline.
     *
     * @param protocol what the ends agreed on; absent if on nothing
     */
    public record Outcome(Optional<String> protocol) {}

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        send(context, negotiation.opening());
        context.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws WireException {
        ByteBuf in = (ByteBuf) message;
        boolean isOver = false;
        try {
            while (!isOver && in.isReadable()) {
                isOver = take(context, in.readByte());
            }
        } finally {
            context.flush();
            if (isOver && in.isReadable()) {
                context.fireChannelRead(in);
            } else {
                in.release();
            }
        }
        if (isOver) {
            context.pipeline().remove(this);
        }
    }

    /** True if that byte was the last of the negotiation. */
    private boolean take(ChannelHandlerContext context, byte next) throws WireException {
        return negotiation
                .onByte(next)
                .match(
                        going -> {
                            send(context, going.answer());
                            return false;
                        },
                        agreed -> {
                            send(context, agreed.answer());
                            context.fireUserEventTriggered(new Outcome(Optional.of(agreed.protocol())));
                            return true;
                        },
                        noneSpoken -> {
                            context.fireUserEventTriggered(new Outcome(Optional.empty()));
                            return true;
                        });
    }

    // A void promise reports a failed write to the pipeline, as an exception.
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void send(ChannelHandlerContext context, Bytes bytes) {
        if (!bytes.isEmpty()) {
            context.write(Unpooled.wrappedBuffer(bytes.toArray()), context.voidPromise());
        }
    }
}

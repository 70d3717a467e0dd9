package sotto.libp2p.swarm;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import sotto.libp2p.host.HostMeter;

/** Counts what passes between a socket and everything else. Stateless, so all channels share one. */
@ChannelHandler.Sharable
final class Metering extends ChannelDuplexHandler {
    private final HostMeter meter;

    Metering(HostMeter meter) {
        this.meter = meter;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            meter.onReceived(bytes.readableBytes());
        }
        context.fireChannelRead(message);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The promise tells whoever wrote.
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            meter.onSent(bytes.readableBytes());
        }
        context.write(message, promise);
    }
}

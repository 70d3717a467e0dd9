package sotto.libp2p.swarm;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.runtime.EventLoop;

/**
 * Closes an accepted connection on which nothing is said in time: whoever dials has something to say at once. Leaves the channel
 * with the first bytes. Confined to the channel's loop.
 */
final class FirstByte extends ChannelInboundHandlerAdapter {
    private final EventLoop loop;
    private final Duration patience;
    private EventLoop.@Nullable Timer timeout;

    FirstByte(EventLoop loop, Duration patience) {
        this.loop = loop;
        this.patience = patience;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Whether the close succeeds changes nothing.
    public void channelActive(ChannelHandlerContext context) {
        timeout = loop.schedule(patience, context::close);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        cancel();
        context.fireChannelRead(bytes);
        context.pipeline().remove(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancel();
        context.fireChannelInactive();
    }

    private void cancel() {
        if (timeout != null) {
            timeout.cancel();
        }
    }
}

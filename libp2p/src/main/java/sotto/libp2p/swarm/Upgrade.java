package sotto.libp2p.swarm;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.HostException.Reason;
import sotto.libp2p.multistream.Answering;
import sotto.libp2p.multistream.Negotiation;
import sotto.libp2p.multistream.NegotiationHandler;
import sotto.libp2p.multistream.Proposing;
import sotto.libp2p.noise.NoiseHandler;
import sotto.libp2p.noise.NoiseSecured;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.EventLoop;

/**
 * Makes a connection of a raw channel: negotiates Noise, lets it do its handshake, settles the multiplexer, and tells the
 * swarm (connections specification, "Upgrading Connections"). Stays at the end of the channel's pipeline, where everything
 * that goes wrong arrives. Confined to the channel's loop.
 */
final class Upgrade extends ChannelInboundHandlerAdapter {
    static final String NOISE = "/noise";
    static final String YAMUX = "/yamux/1.0.0";

    private static final System.Logger LOG = System.getLogger(Upgrade.class.getName());
    private static final int PROPOSALS_MAX = 8;
    private static final AttributeKey<CompletableFuture<Connection>> UPGRADED = AttributeKey.valueOf("sotto.upgraded");

    private final Swarm swarm;
    private final boolean isInitiator;
    private final Optional<PeerId> expected;
    private final CompletableFuture<Connection> upgraded = new CompletableFuture<>();
    private EventLoop.@Nullable Timer timeout;
    private @Nullable NoiseSecured secured;
    private @Nullable SwarmConnection connection;

    private Upgrade(Swarm swarm, boolean isInitiator, Optional<PeerId> expected) {
        this.swarm = swarm;
        this.isInitiator = isInitiator;
        this.expected = expected;
    }

    /** Prepares a channel that is about to be dialled. */
    static void prepareDialled(Swarm swarm, Channel channel, Optional<PeerId> expected) {
        new Upgrade(swarm, true, expected).addTo(channel);
    }

    /** Prepares a channel that was accepted. */
    static void prepareAccepted(Swarm swarm, Channel channel) {
        channel.pipeline()
                .addLast(new FirstByte(
                        swarm.loopOf(channel), swarm.limits().timeouts().firstByte()));
        new Upgrade(swarm, false, Optional.empty()).addTo(channel);
    }

    /** What {@code channel} becomes, once it does; fails with {@link HostException}. */
    static CompletableFuture<Connection> of(Channel channel) {
        return channel.attr(UPGRADED).get();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        timeout = swarm.loopOf(context.channel())
                .schedule(swarm.limits().timeouts().handshake(), () -> fail(context, "the handshake took too long"));
        insert(context, negotiation(NOISE));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof NegotiationHandler.Outcome outcome) {
            if (outcome.protocol().isPresent()) {
                onAgreed(context);
            } else {
                fail(context, "the other end does not speak " + (secured == null ? NOISE : YAMUX));
            }
        } else if (event instanceof NoiseSecured done) {
            secured = done;
            if (done.muxer().isPresent()) {
                multiplex(context, done);
            } else {
                insert(context, negotiation(YAMUX));
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context, "the other end closed the connection");
        if (connection != null) {
            swarm.onClosed(connection);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean isBug = cause instanceof RuntimeException || cause instanceof Error;
        if (isBug) {
            LOG.log(System.Logger.Level.ERROR, "bug: a connection is dropped because of it", cause);
        } else {
            LOG.log(System.Logger.Level.DEBUG, "a connection is dropped", cause);
        }
        fail(context, new HostException(Reason.HANDSHAKE_FAILED, "the connection failed in its handshake", cause));
        closeQuietly(context.channel());
    }

    private void onAgreed(ChannelHandlerContext context) {
        if (secured == null) {
            insert(
                    context,
                    isInitiator
                            ? NoiseHandler.initiator(swarm.crypto(), swarm.random(), swarm.identity(), expected)
                            : NoiseHandler.responder(swarm.crypto(), swarm.random(), swarm.identity()));
        } else {
            multiplex(context, secured);
        }
    }

    private void multiplex(ChannelHandlerContext context, NoiseSecured done) {
        if (upgraded.isDone()) {
            return;
        }
        if (timeout != null) {
            timeout.cancel();
        }
        SwarmConnection made = new SwarmConnection(context.channel(), isInitiator, done, swarm);
        connection = made;
        insert(context, made.muxer());
        swarm.onOpened(made);
        upgraded.complete(made);
    }

    private void fail(ChannelHandlerContext context, String message) {
        fail(context, new HostException(Reason.HANDSHAKE_FAILED, message));
    }

    private void fail(ChannelHandlerContext context, HostException failure) {
        if (upgraded.completeExceptionally(failure)) {
            if (timeout != null) {
                timeout.cancel();
            }
            closeQuietly(context.channel());
        }
    }

    private void addTo(Channel channel) {
        channel.attr(UPGRADED).set(upgraded);
        channel.pipeline().addLast(swarm.metering(), this);
    }

    private NegotiationHandler negotiation(String protocol) {
        Negotiation negotiation =
                isInitiator ? new Proposing(List.of(protocol)) : new Answering(protocol::equals, PROPOSALS_MAX);
        return new NegotiationHandler(negotiation);
    }

    /** Adds {@code handler} right before this one, the last. */
    private static void insert(ChannelHandlerContext context, ChannelHandler handler) {
        context.pipeline().addBefore(context.name(), null, handler);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Whether the close succeeds changes nothing.
    private static void closeQuietly(Channel channel) {
        channel.close();
    }
}

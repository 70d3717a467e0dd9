package sotto.libp2p.swarm;

import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.HostMeter;
import sotto.libp2p.host.Limits;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;
import sotto.libp2p.multistream.Answering;
import sotto.libp2p.multistream.Negotiation;
import sotto.libp2p.multistream.Proposing;
import sotto.libp2p.noise.NoiseSecured;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.EventLoop;
import sotto.libp2p.transport.TcpTransport;
import sotto.libp2p.yamux.YamuxHandler;
import sotto.libp2p.yamux.YamuxSession;
import sotto.libp2p.yamux.YamuxStream;

/**
 * A connection that is secured and multiplexed: opens streams, leads incoming ones to their handlers, and closes itself when
 * it has carried none for a while. The door's methods are thread-safe; the rest is confined to the connection's loop.
 */
final class SwarmConnection implements Connection, YamuxSession.Listener {
    private static final System.Logger LOG = System.getLogger(SwarmConnection.class.getName());

    private final Channel channel;
    private final EventLoop loop;
    private final boolean isInitiator;
    private final Multiaddr remoteAddress;
    private final NoiseSecured secured;
    private final Swarm swarm;
    private final YamuxSession session;
    private final YamuxHandler muxer;
    private final InboundStreams inbound;
    private EventLoop.Timer idle;

    // Written by whoever closes this and, when the other end goes away, on the loop; read by whoever looks for a
    // connection to use.
    private volatile boolean isGoingAway;

    SwarmConnection(Channel channel, boolean isInitiator, NoiseSecured secured, Swarm swarm) {
        Limits limits = swarm.limits();
        this.channel = channel;
        this.loop = swarm.loopOf(channel);
        this.isInitiator = isInitiator;
        this.remoteAddress = TcpTransport.remoteAddress(channel);
        this.secured = secured;
        this.swarm = swarm;
        this.session = new YamuxSession(isInitiator, limits, loop::uptime, this);
        this.muxer = new YamuxHandler(session, limits.timeouts().keepAlive());
        this.inbound = new InboundStreams(limits.streams().inboundPool().ownMax(), swarm.inboundStreams());
        this.idle = scheduleIdle();
    }

    /** What drives this connection, to be added to its channel. */
    YamuxHandler muxer() {
        return muxer;
    }

    @Override
    public PeerId remotePeer() {
        return secured.peer();
    }

    @Override
    public Multiaddr remoteAddress() {
        return remoteAddress;
    }

    @Override
    public boolean isInitiator() {
        return isInitiator;
    }

    @Override
    public Bytes handshakeHash() {
        return secured.handshakeHash();
    }

    @Override
    public CompletionStage<Stream> open(List<ProtocolId> wanted) {
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("a stream needs a protocol");
        }
        CompletableFuture<Stream> opened = new CompletableFuture<>();
        if (isOpen()) {
            onLoop(() -> open(List.copyOf(wanted), opened));
        } else {
            opened.completeExceptionally(new HostException(HostException.Reason.CLOSED, "the connection is closed"));
        }
        return opened;
    }

    @Override
    public void announceProtocols() {
        swarm.announce(this);
    }

    @Override
    public void keep() {
        Admission.Place.of(channel).ifPresent(Admission.Place::keep);
    }

    @Override
    public void letGo() {
        Admission.Place.of(channel).ifPresent(Admission.Place::letGo);
    }

    @Override
    public boolean isOpen() {
        return channel.isActive() && !isGoingAway;
    }

    @Override
    public void close() {
        isGoingAway = true;
        onLoop(muxer::close);
    }

    /** True as long as streams that are open can go on. */
    boolean isConnected() {
        return channel.isActive();
    }

    /** Runs {@code task} now if this is the loop's thread, else soon. */
    void onLoop(Runnable task) {
        if (loop.isInLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** The channel is gone. */
    void onClosed() {
        isGoingAway = true;
        idle.cancel();
    }

    @Override
    public void onStream(YamuxStream stream) {
        if (!inbound.admit(stream)) {
            onStreamRefused();
            stream.reset();
            return;
        }
        Negotiation answering = new Answering(
                name -> swarm.protocols().offered(name, this).isPresent(),
                swarm.limits().streams().proposalsMax());
        negotiate(stream, answering).thenAccept(name -> serve(stream, name));
    }

    @Override
    public void onStreamRefused() {
        swarm.meter().onRefused(HostMeter.Refusal.STREAMS_FULL);
    }

    @Override
    public void onStreamGone(YamuxStream stream, int left) {
        inbound.onGone(stream);
        if (left == 0) {
            idle.cancel();
            idle = scheduleIdle();
        }
    }

    @Override
    public void onGoAway() {
        isGoingAway = true;
    }

    @Override
    public void onOutput() {
        muxer.onOutput();
    }

    private void open(List<ProtocolId> wanted, CompletableFuture<Stream> opened) {
        try {
            YamuxStream stream = session.open();
            Negotiation proposing =
                    new Proposing(wanted.stream().map(ProtocolId::name).toList());
            negotiate(stream, proposing).whenComplete((name, failure) -> {
                if (failure == null) {
                    opened.complete(new SwarmStream(this, stream, new ProtocolId(name)));
                } else {
                    opened.completeExceptionally(failure);
                }
            });
        } catch (HostException refused) {
            opened.completeExceptionally(refused);
        }
    }

    private CompletionStage<String> negotiate(YamuxStream stream, Negotiation negotiation) {
        return StreamNegotiation.begin(
                stream, negotiation, loop, swarm.limits().timeouts().negotiation());
    }

    private void serve(YamuxStream stream, String name) {
        // It was offered a moment ago; if it no longer is, or not for one more stream, the other end learns that as a
        // reset.
        swarm.protocols()
                .offered(name, this)
                .filter(entry -> mayServe(stream, entry))
                .ifPresentOrElse(entry -> serve(new SwarmStream(this, stream, entry.protocol()), entry), stream::reset);
    }

    private boolean mayServe(YamuxStream stream, Protocols.Entry entry) {
        boolean mayServe = inbound.mayServe(stream, entry);
        if (!mayServe) {
            onStreamRefused();
        }
        return mayServe;
    }

    private void serve(Stream stream, Protocols.Entry entry) {
        try {
            entry.handler().onStream(stream);
        } catch (RuntimeException | Error bug) {
            LOG.log(System.Logger.Level.ERROR, "bug: the handler of " + entry.protocol() + " threw", bug);
            close();
        }
    }

    private EventLoop.Timer scheduleIdle() {
        return loop.schedule(swarm.limits().timeouts().idle(), () -> {
            if (session.streamCount() == 0) {
                close();
            }
        });
    }
}

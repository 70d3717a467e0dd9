package sotto.libp2p.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.unix.Errors;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import sotto.libp2p.host.AddressPolicy;
import sotto.libp2p.host.HostException;
import sotto.libp2p.peer.Multiaddr;

/**
 * Makes sockets: the only class that does. Asks the policy about every address before it binds or connects, about a name both
 * before and after it was looked up, and about whoever connects. Thread-safe.
 */
public final class TcpTransport implements AutoCloseable {
    private static final int BACKLOG = 128;
    private static final int RECEIVE_BYTES_FIRST = 2 * 1024;
    private static final int RECEIVE_BYTES_MAX = 256 * 1024;

    /** Linux's number for an address in use. */
    private static final int EADDRINUSE = 98;

    private static final int UNPRIVILEGED_PORT_MIN = 1024;

    /** Below the low mark a connection takes more to send; above the high one it does not. */
    private static final WriteBufferWaterMark SEND_BYTES = new WriteBufferWaterMark(128 * 1024, 256 * 1024);

    private final Loops loops;
    private final AddressPolicy policy;
    private final Names names;

    /** Looks names up as the machine does. */
    public TcpTransport(Loops loops, AddressPolicy policy) {
        this(loops, policy, InetAddress::getAllByName);
    }

    TcpTransport(Loops loops, AddressPolicy policy, Names.Resolver resolver) {
        this.loops = loops;
        this.policy = policy;
        this.names = new Names(resolver);
    }

    /** Where {@code channel} leads, as seen here. */
    public static Multiaddr remoteAddress(Channel channel) {
        return Multiaddr.of((InetSocketAddress) channel.remoteAddress());
    }

    /** The IP address {@code channel} leads to. */
    public static InetAddress remoteIp(Channel channel) {
        return ((InetSocketAddress) channel.remoteAddress()).getAddress();
    }

    /**
     * Listens on {@code address}; port 0 is any free one.
     *
     * @param prepare is given every accepted channel that the policy allows, on its loop, before anything is read from it
     * @return fails with {@link HostException}
     */
    public CompletionStage<Listening> listen(Multiaddr address, Consumer<Channel> prepare) {
        Optional<InetSocketAddress> socket = address.tcpSocket();
        if (socket.isEmpty()) {
            return failed(HostException.Reason.UNREACHABLE, "not an address that TCP can listen on");
        }
        if (!policy.allows(address)) {
            return notAllowed();
        }
        CompletableFuture<Listening> listening = new CompletableFuture<>();
        ChannelFuture bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverSocket())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, SEND_BYTES)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, receiveAllocator())
                .childHandler(initializer(channel -> prepareIfAllowed(channel, prepare)))
                .bind(socket.get());
        bound.addListener(done -> {
            if (done.isSuccess()) {
                listening.complete(new Listening(bound.channel(), socket.get()));
            } else {
                listening.completeExceptionally(cannotListen(socket.get(), done.cause()));
            }
        });
        return listening;
    }

    /**
     * Connects to {@code address}, whose name, if it is one, is looked up; its first few addresses are tried in turn.
     *
     * @param timeout for each of them
     * @param prepare is given the channel, on its loop, before it is connected
     * @return fails with {@link HostException}
     */
    public CompletionStage<Channel> dial(Multiaddr address, Duration timeout, Consumer<Channel> prepare) {
        if (!policy.allows(address)) {
            return notAllowed();
        }
        Optional<InetSocketAddress> socket = address.tcpSocket();
        if (socket.isPresent()) {
            return connect(socket.get(), timeout, prepare);
        }
        Optional<DnsName> name = DnsName.of(address);
        if (name.isPresent()) {
            return names.lookUp(name.get())
                    .thenCompose(
                            found -> connectToFirst(sockets(found, name.get().port()), timeout, prepare));
        }
        return failed(HostException.Reason.UNREACHABLE, "not an address that TCP can dial");
    }

    @Override
    public void close() {
        names.close();
    }

    private CompletionStage<Channel> connectToFirst(
            List<InetSocketAddress> sockets, Duration timeout, Consumer<Channel> prepare) {
        CompletionStage<Channel> attempt = notAllowed();
        for (InetSocketAddress socket : sockets) {
            if (policy.allows(Multiaddr.of(socket))) {
                attempt = attempt.exceptionallyCompose(failure -> connect(socket, timeout, prepare));
            }
        }
        return attempt;
    }

    private static List<InetSocketAddress> sockets(List<InetAddress> addresses, int port) {
        return addresses.stream().map(ip -> new InetSocketAddress(ip, port)).toList();
    }

    private CompletionStage<Channel> connect(InetSocketAddress socket, Duration timeout, Consumer<Channel> prepare) {
        CompletableFuture<Channel> connected = new CompletableFuture<>();
        ChannelFuture attempt = new Bootstrap()
                .group(loops.group())
                .channel(loops.socket())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, SEND_BYTES)
                .option(ChannelOption.RECVBUF_ALLOCATOR, receiveAllocator())
                .handler(initializer(prepare))
                .connect(socket);
        attempt.addListener(done -> {
            if (done.isSuccess()) {
                connected.complete(attempt.channel());
            } else {
                connected.completeExceptionally(unreachable("cannot connect", done.cause()));
            }
        });
        return connected;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Whether the close succeeds changes nothing.
    private void prepareIfAllowed(Channel accepted, Consumer<Channel> prepare) {
        if (policy.allows(remoteAddress(accepted))) {
            prepare.accept(accepted);
        } else {
            accepted.close();
        }
    }

    private static ChannelInitializer<Channel> initializer(Consumer<Channel> prepare) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                prepare.accept(channel);
            }
        };
    }

    private static AdaptiveRecvByteBufAllocator receiveAllocator() {
        return new AdaptiveRecvByteBufAllocator(64, RECEIVE_BYTES_FIRST, RECEIVE_BYTES_MAX);
    }

    private static <T> CompletionStage<T> notAllowed() {
        return failed(HostException.Reason.NOT_ALLOWED, "the address policy does not allow this address");
    }

    private static <T> CompletionStage<T> failed(HostException.Reason reason, String message) {
        return CompletableFuture.failedFuture(new HostException(reason, message));
    }

    private static HostException cannotListen(InetSocketAddress socket, Throwable cause) {
        return isTaken(socket, cause)
                ? new HostException(HostException.Reason.UNREACHABLE, "port " + socket.getPort() + " is in use", cause)
                : unreachable("cannot listen at " + Multiaddr.of(socket), cause);
    }

    /** By number or type: the system's words are in whatever language the machine speaks. */
    private static boolean isTaken(InetSocketAddress socket, Throwable cause) {
        if (cause instanceof Errors.NativeIoException refused) {
            return refused.expectedErr() == -EADDRINUSE;
        }
        // Java has the same type for an address that is not ours, and for a port that is not for everybody.
        return cause instanceof BindException
                && socket.getPort() >= UNPRIVILEGED_PORT_MIN
                && Interfaces.isOurs(socket.getAddress());
    }

    /** Without the cause's message: that names the address. */
    private static HostException unreachable(String what, Throwable cause) {
        return new HostException(
                HostException.Reason.UNREACHABLE, what + ": " + cause.getClass().getSimpleName(), cause);
    }
}

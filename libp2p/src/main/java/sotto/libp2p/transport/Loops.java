package sotto.libp2p.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;
import sotto.libp2p.runtime.EventLoop;

/**
 * The threads that serve connections, each connection by one of them for all its life. Epoll where the native library loads,
 * NIO elsewhere. They are daemons. Thread-safe.
 */
public final class Loops implements AutoCloseable {
    /** More threads than this serve no messenger better, and each costs memory. */
    private static final int THREADS_MAX = 4;

    private static final long CLOSE_SECONDS_MAX = 5;

    /** Netty names channels by the hardware address of this machine, and complains where it finds none: neither is wanted. */
    private static final String MACHINE_ID = "io.netty.machineId";

    static {
        System.getProperties().putIfAbsent(MACHINE_ID, "00:00:00:00:00:00:00:00");
    }

    private final Kind kind;
    private final EventLoopGroup group;
    private final RandomGenerator random;

    private Loops(Kind kind, int threads, RandomGenerator random) {
        this.kind = kind;
        this.random = random;
        this.group =
                new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("sotto-net", true), kind.ioHandler());
    }

    /** As many threads as there are processors, up to four, of the fastest kind here. */
    public static Loops fastest(RandomGenerator random) {
        return new Loops(Epoll.isAvailable() ? Kind.EPOLL : Kind.NIO, threads(), random);
    }

    /** Of the kind that runs everywhere. */
    static Loops nio(RandomGenerator random) {
        return new Loops(Kind.NIO, threads(), random);
    }

    /** One of the loops, for the state that belongs to no connection. */
    public EventLoop any() {
        return new ChannelLoop(group.next(), random);
    }

    /** The loop that serves {@code channel}. */
    public EventLoop of(Channel channel) {
        return new ChannelLoop(channel.eventLoop(), random);
    }

    EventLoopGroup group() {
        return group;
    }

    Class<? extends Channel> socket() {
        return kind.socket;
    }

    Class<? extends ServerChannel> serverSocket() {
        return kind.serverSocket;
    }

    /** Ends the threads, waiting for what they are at: not when called by one of them. */
    @Override
    public void close() {
        var end = group.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
        boolean isOwnThread = StreamSupport.stream(group.spliterator(), false).anyMatch(EventExecutor::inEventLoop);
        if (!isOwnThread) {
            end.awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    private static int threads() {
        return Math.min(THREADS_MAX, Runtime.getRuntime().availableProcessors());
    }

    private enum Kind {
        EPOLL(EpollSocketChannel.class, EpollServerSocketChannel.class) {
            @Override
            IoHandlerFactory ioHandler() {
                return EpollIoHandler.newFactory();
            }
        },
        NIO(NioSocketChannel.class, NioServerSocketChannel.class) {
            @Override
            IoHandlerFactory ioHandler() {
                return NioIoHandler.newFactory();
            }
        };

        private final Class<? extends Channel> socket;
        private final Class<? extends ServerChannel> serverSocket;

        Kind(Class<? extends Channel> socket, Class<? extends ServerChannel> serverSocket) {
            this.socket = socket;
            this.serverSocket = serverSocket;
        }

        abstract IoHandlerFactory ioHandler();
    }
}

package sotto.libp2p.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import sotto.libp2p.host.AddressPolicy;
import sotto.libp2p.host.HostException;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.Entropy;
import sotto.libp2p.runtime.EventLoop;
import sotto.libp2p.runtime.Require;

/** What is expected of sockets and loops, whatever the machine has to make them of. */
abstract class TransportContract {
    private static final long PATIENCE_SECONDS = 30;
    private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(10);

    private final Loops loops = loops(Entropy.secure());
    private final TcpTransport transport = new TcpTransport(loops, AddressPolicy.ANYWHERE);
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();

    abstract Loops loops(RandomGenerator random);

    @AfterEach
    void close() {
        transport.close();
        loops.close();
    }

    @Test
    void carriesBytesOverIp4() throws Exception {
        carriesBytes("/ip4/127.0.0.1/tcp/0");
    }

    @Test
    void carriesBytesOverIp6() throws Exception {
        Require.that(Interfaces.haveIp6(), "no IPv6 on this machine");
        carriesBytes("/ip6/::1/tcp/0");
    }

    @Test
    void aWildcardIsReachedAtTheAddressesOfItsFamilyAndInNoZone() throws Exception {
        isReachedAt("/ip4/", listen(transport, "/ip4/0.0.0.0/tcp/0"));
        if (Interfaces.haveIp6()) {
            isReachedAt("/ip6/", listen(transport, "/ip6/::/tcp/0"));
        }
    }

    private static void isReachedAt(String family, Listening listening) {
        String addresses = listening.addresses().toString();
        assertTrue(listening.bound().toString().startsWith(family), addresses);
        assertTrue(listening.addresses().stream().anyMatch(Multiaddr::isLoopback), addresses);
        assertTrue(
                listening.addresses().stream()
                        .allMatch(address -> address.toString().startsWith(family)),
                addresses);
    }

    private void carriesBytes(String address) throws Exception {
        Listening listening = listen(transport, address);
        assertTrue(listening.bound().port().orElseThrow() > 0);
        Channel dialled = await(transport.dial(listening.bound(), DIAL_TIMEOUT, channel -> {}));
        assertEquals(listening.bound(), TcpTransport.remoteAddress(dialled));
        dialled.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.UTF_8))
                .sync();
        assertEquals("hello", next(received));
        Channel other = next(accepted);
        assertEquals(Multiaddr.of((InetSocketAddress) dialled.localAddress()), TcpTransport.remoteAddress(other));
    }

    @Test
    void tellsThatNobodyListens() throws Exception {
        Listening listening = listen(transport, "/ip4/127.0.0.1/tcp/0");
        Multiaddr bound = listening.bound();
        listening.close();
        assertEquals(HostException.Reason.UNREACHABLE, failure(transport.dial(bound, DIAL_TIMEOUT, channel -> {})));
    }

    @RepeatedTest(30) // A port that is freed a little late is free most of the time.
    void freesThePortWhenItStopsListening() throws Exception {
        Listening listening = listen(transport, "/ip4/127.0.0.1/tcp/0");
        listening.close();
        assertEquals(
                listening.bound(),
                listen(transport, listening.bound().toString()).bound());
    }

    @Test
    void tellsThatAPortIsTaken() throws Exception {
        Multiaddr bound = listen(transport, "/ip4/127.0.0.1/tcp/0").bound();
        assertEquals("port " + bound.port().orElseThrow() + " is in use", complaint(bound));
    }

    @Test
    void doesNotCallAPortTakenWhereItIsTheAddressThatIsNotOurs() throws Exception {
        // Of the block for documentation (RFC 5737), which no machine has.
        String complaint = complaint(Multiaddr.parse("/ip4/192.0.2.1/tcp/40000"));
        assertTrue(complaint.startsWith("cannot listen at /ip4/192.0.2.1/tcp/40000"), complaint);
    }

    /** Why it is not possible to listen on {@code address}. */
    private String complaint(Multiaddr address) {
        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> await(transport.listen(address, channel -> {})));
        return String.valueOf(
                assertInstanceOf(HostException.class, failure.getCause()).getMessage());
    }

    @Test
    void tellsWhichAddressesItCannotUse() throws Exception {
        Multiaddr udp = Multiaddr.parse("/ip4/127.0.0.1/udp/1");
        assertEquals(HostException.Reason.UNREACHABLE, failure(transport.listen(udp, channel -> {})));
        assertEquals(HostException.Reason.UNREACHABLE, failure(transport.dial(udp, DIAL_TIMEOUT, channel -> {})));
        Multiaddr named = Multiaddr.parse("/dns4/localhost/tcp/1");
        assertEquals(HostException.Reason.UNREACHABLE, failure(transport.listen(named, channel -> {})));
    }

    @Test
    void tellsThatANameIsUnknown() throws Exception {
        // Not the machine's own: some of those answer whatever they are asked.
        TcpTransport ignorant = new TcpTransport(loops, AddressPolicy.ANYWHERE, name -> {
            throw new UnknownHostException(name);
        });
        Multiaddr nowhere = Multiaddr.parse("/dns4/nowhere.invalid/tcp/1");
        assertEquals(HostException.Reason.UNREACHABLE, failure(ignorant.dial(nowhere, DIAL_TIMEOUT, channel -> {})));
        ignorant.close();
    }

    @Test
    void dialsTheAddressesOfAName() throws Exception {
        Multiaddr bound = listen(transport, "/ip4/127.0.0.1/tcp/0").bound();
        TcpTransport wise =
                new TcpTransport(loops, AddressPolicy.ANYWHERE, name -> InetAddress.getAllByName("127.0.0.1"));
        Multiaddr named =
                Multiaddr.parse("/dns4/somewhere.invalid/tcp/" + bound.port().orElseThrow());
        assertEquals(bound, TcpTransport.remoteAddress(await(wise.dial(named, DIAL_TIMEOUT, channel -> {}))));
        wise.close();
    }

    @Test
    void closesWhoeverComesFromWhereThePolicyDoesNotAllow() throws Exception {
        Listening bound = listen(transport, "/ip4/127.0.0.1/tcp/0");
        bound.close();
        TcpTransport picky = new TcpTransport(loops, bound.bound()::equals);
        listen(picky, bound.bound().toString());
        Channel dialled = await(transport.dial(bound.bound(), DIAL_TIMEOUT, channel -> {}));
        assertTrue(dialled.closeFuture().await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertTrue(accepted.isEmpty());
        picky.close();
    }

    @Test
    void runsWhatIsPostedInOrderAndLivesOnWhenATaskThrows() throws Exception {
        EventLoop loop = loops.any();
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        loop.execute(() -> ran.add(loop.isInLoop() ? "first" : "elsewhere"));
        loop.execute(() -> {
            throw new IllegalStateException("thrown on purpose by a test");
        });
        loop.schedule(Duration.ofMillis(1), () -> ran.add("last"));
        assertEquals("first", next(ran));
        assertEquals("last", next(ran));
    }

    @Test
    void dropsWhatIsPostedAfterItWasClosed() {
        EventLoop loop = loops.any();
        loops.close();
        CountDownLatch ran = new CountDownLatch(1);
        loop.execute(ran::countDown);
        loop.schedule(Duration.ZERO, ran::countDown).cancel();
        assertEquals(1, ran.getCount());
    }

    private Listening listen(TcpTransport on, String address) throws Exception {
        return await(on.listen(Multiaddr.parse(address), channel -> {
            accepted.add(channel);
            channel.pipeline().addLast(new Ear(received));
        }));
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static HostException.Reason failure(CompletionStage<?> stage) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> await(stage));
        return assertInstanceOf(HostException.class, failed.getCause()).reason();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return next == null ? Assertions.fail("nothing came") : next;
    }

    /** Remembers what comes, as text. */
    private static final class Ear extends ChannelInboundHandlerAdapter {
        private final BlockingQueue<String> received;

        Ear(BlockingQueue<String> received) {
            this.received = received;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            received.add(bytes.toString(StandardCharsets.UTF_8));
            bytes.release();
        }
    }
}

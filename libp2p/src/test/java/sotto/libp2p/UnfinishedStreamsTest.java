package sotto.libp2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.Limits;
import sotto.libp2p.host.PeerDescription;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;
import sotto.libp2p.identify.Identify;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.ping.Ping;
import sotto.libp2p.runtime.VirtualLoop;

/** Proves that a stream of identify or ping which the other end never finishes is reset in time. */
class UnfinishedStreamsTest {
    private static final Limits.Timeouts TIMEOUTS = Limits.STANDARD.timeouts();
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final VirtualLoop loop = VirtualLoop.seeded(1);
    private final HeldStream stream = new HeldStream();
    private final Crypto crypto = CryptoChoice.fastest();
    private final Identify identify =
            new Identify(crypto.generateEd25519(loop.random()).publicKey(), new Nobody(), loop, TIMEOUTS.exchange());
    private final Ping ping = new Ping(loop, TIMEOUTS);

    @Test
    void whoNeverSaysWhoItIsIsNotListenedToForEver() {
        identify.listen(stream);
        assertResetAfter(TIMEOUTS.exchange());
    }

    @Test
    void whoNeverReadsWhoWeAreIsNotToldForEver() {
        identify.tell(stream);
        assertResetAfter(TIMEOUTS.exchange());
    }

    @Test
    void whoSaidWhoItIsInTimeIsNotReset() {
        identify.listen(stream);
        stream.reader().onEnd();
        loop.advance(TIMEOUTS.exchange().multipliedBy(2));
        assertFalse(stream.isReset);
    }

    @Test
    void whoAnswersAPingAndNeverEndsIsReset() {
        CompletionStage<Duration> answer = ping.ping(stream.connection);
        loop.runUntilIdle();
        stream.reader().onBytes(stream.written);
        assertTrue(answer.toCompletableFuture().isDone());
        assertResetAfter(TIMEOUTS.exchange());
    }

    @Test
    void whoStopsPingingIsResetAndWhoGoesOnIsNot() {
        ping.answer(stream);
        for (int i = 0; i < 5; i++) {
            loop.advance(TIMEOUTS.idle().minus(MOMENT));
            stream.reader().onBytes(Bytes.owning(new byte[32]));
            loop.runUntilIdle();
        }
        assertResetAfter(TIMEOUTS.idle());
    }

    private void assertResetAfter(Duration span) {
        loop.advance(span.minus(MOMENT));
        assertFalse(stream.isReset);
        loop.advance(MOMENT);
        assertTrue(stream.isReset);
        assertEquals(0, loop.time().waiting());
    }

    /** Nothing is offered and nobody is told. */
    private static final class Nobody implements Identify.Self {
        @Override
        public List<Multiaddr> listenAddresses() {
            return List.of();
        }

        @Override
        public List<ProtocolId> protocolsOfferedOn(Connection connection) {
            return List.of();
        }

        @Override
        public void onDescribed(Connection connection, PeerDescription description) {
            // Nobody is.
        }
    }

    /** A stream whose other end does what the test does, alone on its connection. */
    private static final class HeldStream implements Stream {
        private final OneStream connection = new OneStream(this);
        private Optional<Reader> reader = Optional.empty();
        private Bytes written = Bytes.EMPTY;
        private boolean isReset;

        Reader reader() {
            return reader.orElseThrow();
        }

        @Override
        public ProtocolId protocol() {
            return Ping.PING;
        }

        @Override
        public Connection connection() {
            return connection;
        }

        @Override
        public void read(Reader next) {
            reader = Optional.of(next);
        }

        @Override
        public void setReading(boolean isReading) {
            // Nothing comes that the test does not bring.
        }

        @Override
        public CompletionStage<Void> write(Bytes bytes) {
            written = bytes;
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void closeWrite() {
            // The other end does not care.
        }

        @Override
        public void reset() {
            if (!isReset) {
                isReset = true;
                reader().onReset();
            }
        }
    }

    /** A connection that opens one stream. */
    private record OneStream(Stream stream) implements Connection {
        @Override
        public PeerId remotePeer() {
            throw new AssertionError("not of interest here");
        }

        @Override
        public Multiaddr remoteAddress() {
            return Multiaddr.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        }

        @Override
        public boolean isInitiator() {
            return true;
        }

        @Override
        public Bytes handshakeHash() {
            return Bytes.EMPTY;
        }

        @Override
        public CompletionStage<Stream> open(List<ProtocolId> protocols) {
            return CompletableFuture.completedFuture(stream);
        }

        @Override
        public void announceProtocols() {
            // Nothing has changed.
        }

        @Override
        public void keep() {
            // Nobody makes room.
        }

        @Override
        public void letGo() {
            // Nobody makes room.
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // It is the test's.
        }

        /** Two of them are the same only if they are the same object. */
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}

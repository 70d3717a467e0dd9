package sotto.libp2p.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.runtime.Entropy;
import sotto.libp2p.runtime.Seeds;

/** Proves that a secured connection carries what is written, in messages that are short enough, and nothing that was touched. */
class NoiseHandlerTest {
    private static final Crypto CRYPTO = CryptoChoice.fastest();
    private static final RandomGenerator RANDOM = Entropy.secure();

    private final End client = new End(NoiseHandler.initiator(CRYPTO, RANDOM, identity(), Optional.empty()));
    private final End server = new End(NoiseHandler.responder(CRYPTO, RANDOM, identity()));

    @Test
    void securesAConnection() {
        exchange();
        assertEquals(1, client.secured.size());
        assertEquals(1, server.secured.size());
        assertEquals(
                client.secured.get(0).handshakeHash(), server.secured.get(0).handshakeHash());
    }

    @Test
    void carriesWhatIsWrittenInMessagesOfAllowedLength() {
        Seeds.forEach(20, random -> {
            NoiseHandlerTest fresh = new NoiseHandlerTest();
            fresh.exchange();
            byte[] plaintext = Seeds.bytes(random, 300_000);
            fresh.client.channel.writeOutbound(Unpooled.wrappedBuffer(plaintext));
            fresh.exchange();
            assertEquals(Bytes.owning(plaintext), fresh.server.received());
        });
    }

    @Test
    void takesWhatFollowsTheLastMessageOfTheHandshakeAtOnce() {
        server.channel.writeInbound((ByteBuf) client.channel.readOutbound());
        client.channel.writeInbound((ByteBuf) server.channel.readOutbound());
        client.channel.writeOutbound(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
        ByteBuf together = Unpooled.wrappedBuffer(
                (ByteBuf) client.channel.readOutbound(), (ByteBuf) client.channel.readOutbound());
        server.channel.writeInbound(together);
        assertEquals(Bytes.ofHex("010203"), server.received());
    }

    @Test
    void passesNothingOnOnceAMessageWasTouched() {
        exchange();
        client.channel.writeOutbound(Unpooled.wrappedBuffer(new byte[100]));
        client.channel.writeOutbound(Unpooled.wrappedBuffer(new byte[100]));
        ByteBuf touched = client.channel.readOutbound();
        touched.setByte(50, touched.getByte(50) ^ 1);
        ByteBuf untouched = client.channel.readOutbound();
        assertThrows(HandshakeException.class, () -> server.channel.writeInbound(touched));
        server.channel.writeInbound(untouched);
        assertNull(server.channel.readInbound());
    }

    @Test
    void passesNothingOnBeforeTheHandshakeIsComplete() {
        ByteBuf first = client.channel.readOutbound();
        server.channel.writeInbound(first);
        assertThrows(
                HandshakeException.class,
                () -> server.channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 3, 1, 2, 3})));
        assertTrue(server.secured.isEmpty());
        assertNull(server.channel.readInbound());
    }

    @Test
    void refusesAHandshakeMessageAboveTheBound() {
        byte[] length = {(byte) ((NoiseHandler.HANDSHAKE_MESSAGE_BYTES_MAX + 1) >>> 8), 1};
        assertThrows(HandshakeException.class, () -> server.channel.writeInbound(Unpooled.wrappedBuffer(length)));
    }

    /** Moves bytes both ways until there are none. */
    private void exchange() {
        boolean isMoving = true;
        while (isMoving) {
            boolean hasMoved = move(client, server);
            isMoving = move(server, client) || hasMoved;
        }
    }

    private static boolean move(End from, End to) {
        ByteBuf out = from.channel.readOutbound();
        if (out == null) {
            return false;
        }
        assertTrue(out.readableBytes() <= 2 + NoiseChannel.MESSAGE_BYTES_MAX);
        to.channel.writeInbound(out);
        return true;
    }

    private static NoiseIdentity identity() {
        return new NoiseIdentity(CRYPTO, RANDOM, CRYPTO.generateEd25519(RANDOM), List.of("/yamux/1.0.0"));
    }

    /** One end of a connection, and what it was told. */
    private static final class End {
        private final List<NoiseSecured> secured = new ArrayList<>();
        private final EmbeddedChannel channel;

        End(NoiseHandler handler) {
            channel = new EmbeddedChannel(handler, new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext context, Object event) {
                    secured.add((NoiseSecured) event);
                }
            });
        }

        Bytes received() {
            ByteBuf all = Unpooled.buffer();
            for (ByteBuf in = channel.readInbound(); in != null; in = channel.readInbound()) {
                all.writeBytes(in);
            }
            byte[] bytes = new byte[all.readableBytes()];
            all.readBytes(bytes);
            return Bytes.owning(bytes);
        }
    }
}

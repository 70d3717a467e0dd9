package sotto.libp2p.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.Seeds;

/** Proves that messages come out of the wire as they went in, however it cuts them, and that none is longer than allowed. */
class MessageReaderTest {
    @Test
    void findsMessagesHoweverTheWireCutsThem() {
        Seeds.forEach(200, random -> {
            List<Bytes> sent = new ArrayList<>();
            ByteBuf wire = Unpooled.buffer();
            for (int i = random.nextInt(6); i >= 0; i--) {
                byte[] message = Seeds.bytes(random, random.nextBoolean() ? 3 : 65_535);
                sent.add(Bytes.copyOf(message));
                wire.writeShort(message.length).writeBytes(message);
            }
            List<Bytes> received = new ArrayList<>();
            MessageReader reader = new MessageReader();
            while (wire.isReadable()) {
                int cut = Math.min(wire.readableBytes(), 1 + random.nextInt(random.nextBoolean() ? 3 : 40_000));
                ByteBuf piece = wire.readSlice(cut);
                while (piece.isReadable()) {
                    take(reader, piece).ifPresent(received::add);
                }
            }
            assertEquals(sent, received);
        });
    }

    @Test
    void refusesAMessageAboveTheBoundWhenItsLengthIsRead() {
        MessageReader reader = new MessageReader();
        ByteBuf length = Unpooled.wrappedBuffer(new byte[] {0x10, 0x01});
        assertThrows(HandshakeException.class, () -> reader.read(length, 0x1000));
    }

    private static Optional<Bytes> take(MessageReader reader, ByteBuf piece) throws HandshakeException {
        return reader.read(piece, 65_535).map(message -> Bytes.owning(ByteBufUtil.getBytes(message)));
    }
}

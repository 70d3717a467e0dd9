package sotto.libp2p.yamux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.runtime.Seeds;

/** Proves that headers are laid out as the specification says, and that any 12 bytes are a header or a WireException. */
class FrameHeaderTest {
    @Test
    void laysHeadersOutAsTheSpecificationSays() throws WireException {
        assertHeader("000000010000000100000000", new FrameHeader(FrameType.DATA, FrameHeader.SYN, 1, 0));
        assertHeader("000100020000000200040000", new FrameHeader(FrameType.WINDOW_UPDATE, FrameHeader.ACK, 2, 0x40000));
        assertHeader("0002000100000000deadbeef", new FrameHeader(FrameType.PING, FrameHeader.SYN, 0, 0xdeadbeefL));
        assertHeader("000300000000000000000001", new FrameHeader(FrameType.GO_AWAY, 0, 0, 1));
        assertHeader("0001000cffffffffffffffff", new FrameHeader(FrameType.WINDOW_UPDATE, 12, -1, 0xffffffffL));
    }

    @Test
    void refusesWhatTheSpecificationDoesNotKnow() {
        assertRefused("010000000000000100000000", "version 1");
        assertRefused("000400000000000100000000", "type 4");
        assertRefused("000000100000000100000000", "flag 16");
    }

    @Test
    void refusesAStreamFrameForTheSessionAndTheOtherWayRound() {
        assertRefused("000000000000000000000000", "data for stream 0");
        assertRefused("000200010000000100000000", "a ping for stream 1");
    }

    @Test
    void anyBytesAreAHeaderThatReencodesOrAWireException() {
        Seeds.forEach(5_000, random -> {
            byte[] bytes = new byte[FrameHeader.SIZE_BYTES];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                bytes[0] = 0;
                bytes[1] = (byte) random.nextInt(4);
                bytes[2] = 0;
                bytes[3] = (byte) random.nextInt(16);
            }
            try {
                assertEquals(ByteBufUtil.hexDump(bytes), hex(FrameHeader.decode(Unpooled.wrappedBuffer(bytes))));
            } catch (WireException refused) {
                return; // The other allowed outcome.
            }
        });
    }

    private static void assertHeader(String hex, FrameHeader header) throws WireException {
        assertEquals(hex, hex(header));
        assertEquals(header, decode(hex));
    }

    private static void assertRefused(String hex, String what) {
        assertThrows(WireException.class, () -> decode(hex), what);
    }

    private static FrameHeader decode(String hex) throws WireException {
        return FrameHeader.decode(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    private static String hex(FrameHeader header) {
        ByteBuf out = Unpooled.buffer();
        header.encode(out);
        return ByteBufUtil.hexDump(out);
    }
}

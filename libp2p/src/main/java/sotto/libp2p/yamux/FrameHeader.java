package sotto.libp2p.yamux;

import io.netty.buffer.ByteBuf;
import sotto.libp2p.bytes.WireException;

/**
 * The 12 bytes at the beginning of every frame (Yamux spec, "Framing").
 *
 * @param flags any of {@link #SYN}, {@link #ACK}, {@link #FIN}, {@link #RST}
 * @param streamId an unsigned 32-bit number; 0 is the session
 * @param length an unsigned 32-bit number: bytes of data that follow, a window's increment, a ping's opaque value, or why one
 *     goes away
 */
record FrameHeader(FrameType type, int flags, int streamId, long length) {
    static final int SIZE_BYTES = 12;

    static final int SYN = 1;
    static final int ACK = 2;
    static final int FIN = 4;
    static final int RST = 8;

    private static final int FLAGS_KNOWN = SYN | ACK | FIN | RST;
    private static final long LENGTH_MAX = 0xffff_ffffL;

    FrameHeader {
        if (length < 0 || length > LENGTH_MAX) {
            throw new IllegalArgumentException("a length of " + length + " is not 32 bits");
        }
    }

    /** Reads 12 bytes. */
    static FrameHeader decode(ByteBuf in) throws WireException {
        int version = in.readUnsignedByte();
        int code = in.readUnsignedByte();
        int flags = in.readUnsignedShort();
        int streamId = in.readInt();
        long length = in.readUnsignedInt();
        if (version != 0) {
            throw new WireException("Yamux version " + version + ", expected 0");
        }
        FrameType type =
                FrameType.of(code).orElseThrow(() -> new WireException("an unknown Yamux frame of type " + code));
        if ((flags & ~FLAGS_KNOWN) != 0) {
            throw new WireException("unknown Yamux flags");
        }
        FrameHeader header = new FrameHeader(type, flags, streamId, length);
        if (header.isOfSession() != (streamId == 0)) {
            throw new WireException("a Yamux frame of type " + type + " for the wrong kind of stream id");
        }
        return header;
    }

    void encode(ByteBuf out) {
        out.writeByte(0);
        out.writeByte(type.code());
        out.writeShort(flags);
        out.writeInt(streamId);
        out.writeInt((int) length);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private boolean isOfSession() {
        return type == FrameType.PING || type == FrameType.GO_AWAY;
    }
}

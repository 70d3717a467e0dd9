package sotto.libp2p.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import sotto.libp2p.bytes.WireException;

/**
 * Cuts a run of bytes into frames, however it arrives. Data is handed on as it comes, never gathered, so a frame's length
 * costs no memory; only a header that came in parts is held. Not thread-safe.
 */
final class FrameReader {
    private final byte[] headerBytes = new byte[FrameHeader.SIZE_BYTES];
    private int headerFilled;
    private long dataLeft;

    /** Who takes the frames. */
    interface Sink {
        /** A frame begins; if it is a data frame, its {@code length} bytes follow. */
        void onHeader(FrameHeader header) throws WireException;

        /** Some of the data of the frame that began last. */
        void onData(ByteBuf data) throws WireException;

        /** All data of the frame has come (at once, where it has none). Not called for other than data frames. */
        void onDataEnd() throws WireException;
    }

    void feed(ByteBuf in, Sink sink) throws WireException {
        while (in.isReadable()) {
            if (dataLeft > 0) {
                int taken = (int) Math.min(dataLeft, in.readableBytes());
                dataLeft -= taken;
                sink.onData(in.readSlice(taken));
                if (dataLeft == 0) {
                    sink.onDataEnd();
                }
            } else {
                readHeader(in, sink);
            }
        }
    }

    private void readHeader(ByteBuf in, Sink sink) throws WireException {
        int taken = Math.min(in.readableBytes(), headerBytes.length - headerFilled);
        in.readBytes(headerBytes, headerFilled, taken);
        headerFilled += taken;
        if (headerFilled < headerBytes.length) {
            return;
        }
        headerFilled = 0;
        FrameHeader header = FrameHeader.decode(Unpooled.wrappedBuffer(headerBytes));
        sink.onHeader(header);
        if (header.type() == FrameType.DATA) {
            dataLeft = header.length();
            if (dataLeft == 0) {
                sink.onDataEnd();
            }
        }
    }
}

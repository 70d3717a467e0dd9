package sotto.libp2p.noise;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a run of bytes into Noise messages, each behind its length in 16 bits (noise-libp2p, "Wire Format"). Holds at most one
 * unfinished message. Not thread-safe; closing it releases what is held.
 */
final class MessageReader implements AutoCloseable {
    private static final int NONE = -1;

    private int firstLengthByte = NONE;
    private int length = NONE;
    private @Nullable ByteBuf unfinished;

    /**
     * Takes bytes from {@code in} up to the end of the message under way.
     *
     * @return the message, in an array of its own and the caller's to release; absent until it is whole
     * @throws HandshakeException if it is announced longer than {@code bytesMax}
     */
    Optional<ByteBuf> read(ByteBuf in, int bytesMax) throws HandshakeException {
        while (length == NONE && in.isReadable()) {
            readLengthByte(in.readUnsignedByte(), bytesMax);
        }
        if (length == NONE) {
            return Optional.empty();
        }
        if (unfinished == null) {
            unfinished = Unpooled.buffer(length, length);
        }
        unfinished.writeBytes(in, Math.min(in.readableBytes(), length - unfinished.readableBytes()));
        if (unfinished.readableBytes() < length) {
            return Optional.empty();
        }
        ByteBuf whole = unfinished;
        unfinished = null;
        length = NONE;
        return Optional.of(whole);
    }

    @Override
    public void close() {
        if (unfinished != null) {
            unfinished.release();
            unfinished = null;
        }
    }

    private void readLengthByte(int next, int bytesMax) throws HandshakeException {
        if (firstLengthByte == NONE) {
            firstLengthByte = next;
            return;
        }
        length = firstLengthByte << 8 | next;
        firstLengthByte = NONE;
        if (length > bytesMax) {
            throw new HandshakeException("a message of " + length + " bytes, at most " + bytesMax);
        }
    }
}

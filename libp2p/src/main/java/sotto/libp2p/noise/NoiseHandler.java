package sotto.libp2p.noise;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoException;
import sotto.libp2p.peer.PeerId;

/**
 * Secures a connection: does the handshake, fires {@link NoiseSecured} to the handlers behind it, and from then on seals what
 * they write and opens what comes. A violation is fired as {@link HandshakeException} and must close the connection: nothing
 * is passed on after it.
 *
 * <p>Every buffer that is sealed or opened lies in an array of its own, never in one of Netty's pools: a native cipher may copy
 * the array it is given as a whole, in and back out, over what other threads have written meanwhile. So do the buffers that
 * are written here. Confined to the connection's loop.
 */
public final class NoiseHandler extends ChannelDuplexHandler {
    /** What a handshake message may measure: enough for identities of RSA with 8,192 bits. */
    static final int HANDSHAKE_MESSAGE_BYTES_MAX = 4_096;

    private static final int LENGTH_BYTES = 2;

    private final MessageReader reader = new MessageReader();
    private final NoiseHandshake handshake;
    // Absent until the handshake is complete.
    private @Nullable NoiseChannel channel;
    private boolean hasFailed;

    private NoiseHandler(NoiseHandshake handshake) {
        this.handshake = handshake;
    }

    /**
     * The end that dialled.
     *
     * @param expected who the other end must prove to be, if that is known
     */
    public static NoiseHandler initiator(
            Crypto crypto, RandomGenerator random, NoiseIdentity identity, Optional<PeerId> expected) {
        return new NoiseHandler(new NoiseHandshake(crypto, random, identity, true, expected));
    }

    /** The end that was dialled. */
    public static NoiseHandler responder(Crypto crypto, RandomGenerator random, NoiseIdentity identity) {
        return new NoiseHandler(new NoiseHandshake(crypto, random, identity, false, Optional.empty()));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws HandshakeException {
        handshake.begin().ifPresent(first -> sendInTheClear(context, first));
        context.flush();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        reader.close();
        handshake.close();
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws HandshakeException {
        ByteBuf in = (ByteBuf) message;
        try {
            while (in.isReadable() && !hasFailed) {
                Optional<ByteBuf> whole = reader.read(in, messageBytesMax());
                if (whole.isPresent()) {
                    onMessage(context, whole.get());
                }
            }
        } catch (HandshakeException | CryptoException violation) {
            hasFailed = true;
            throw violation instanceof HandshakeException handshakeFailed
                    ? handshakeFailed
                    : new HandshakeException("a message that is not authentic", violation);
        } finally {
            in.release();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (channel == null) {
            throw new IllegalStateException("written before the connection was secured");
        }
        ByteBuf plaintext = (ByteBuf) message;
        try {
            seal(context, channel, plaintext, promise);
        } finally {
            plaintext.release();
        }
    }

    private int messageBytesMax() {
        return channel == null ? HANDSHAKE_MESSAGE_BYTES_MAX : NoiseChannel.MESSAGE_BYTES_MAX;
    }

    /** Takes {@code message} over, to release it or pass it on. */
    private void onMessage(ChannelHandlerContext context, ByteBuf message) throws HandshakeException, CryptoException {
        if (channel != null) {
            open(context, channel, message);
            return;
        }
        byte[] bytes = new byte[message.readableBytes()];
        message.readBytes(bytes);
        message.release();
        handshake
                .onMessage(Bytes.owning(bytes))
                .match(
                        answer -> {
                            sendInTheClear(context, answer.message());
                            return channel;
                        },
                        secured -> {
                            secured.lastMessage().ifPresent(last -> sendInTheClear(context, last));
                            channel = secured.channel();
                            handshake.close();
                            context.fireUserEventTriggered(secured.outcome());
                            return channel;
                        });
        context.flush();
    }

    private static void open(ChannelHandlerContext context, NoiseChannel channel, ByteBuf message)
            throws CryptoException {
        boolean isOpened = false;
        try {
            int offset = message.arrayOffset() + message.readerIndex();
            int plaintextBytes = channel.open(message.array(), offset, message.readableBytes());
            message.writerIndex(message.readerIndex() + plaintextBytes);
            isOpened = true;
        } finally {
            if (!isOpened) {
                message.release();
            }
        }
        context.fireChannelRead(message);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The promise is the caller's.
    private static void seal(
            ChannelHandlerContext context, NoiseChannel channel, ByteBuf plaintext, ChannelPromise promise) {
        do {
            int partBytes = Math.min(plaintext.readableBytes(), NoiseChannel.PLAINTEXT_BYTES_MAX);
            int sealedBytes = partBytes + Crypto.AEAD_TAG_BYTES;
            ByteBuf out = Unpooled.buffer(LENGTH_BYTES + sealedBytes);
            out.writeShort(sealedBytes);
            channel.seal(
                    plaintext.array(),
                    plaintext.arrayOffset() + plaintext.readerIndex(),
                    partBytes,
                    out.array(),
                    out.arrayOffset() + LENGTH_BYTES);
            out.writerIndex(LENGTH_BYTES + sealedBytes);
            plaintext.skipBytes(partBytes);
            context.write(out, plaintext.isReadable() ? context.voidPromise() : promise);
        } while (plaintext.isReadable());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A void promise reports a failed write to the pipeline.
    private static void sendInTheClear(ChannelHandlerContext context, Bytes message) {
        ByteBuf out = context.alloc().heapBuffer(LENGTH_BYTES + message.size());
        out.writeShort(message.size());
        out.writeBytes(message.asByteBuffer());
        context.write(out, context.voidPromise());
    }
}

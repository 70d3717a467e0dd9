package sotto.node.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Aead;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoException;
import sotto.node.wire.Label;
import sotto.node.wire.Padded;
import sotto.node.wire.WireLimits;

/**
 * The third state of a session: messages become frames of five sizes, sealed in their order, one key per direction. The stream
 * below keeps order and loses nothing, so a frame that does not open is an attack or a bug and ends the channel. Confined to
 * one thread; closing it wipes the keys.
 */
public final class SealedChannel implements AutoCloseable {
    /** The longest message: a text of 64 KiB with its fields, and room for kinds to come. */
    public static final int MESSAGE_BYTES_MAX = WireLimits.SESSION_MESSAGE_BYTES_MAX;

    /** The longest frame, and so the bound for messages on the stream. */
    public static final int FRAME_BYTES_MAX = PaddingClass.LARGEST.sizeBytes();

    private static final int MORE_FOLLOW = 0;
    private static final int LAST = 1;
    private static final int FRAGMENT_BYTES = PaddingClass.LARGEST.capacity();
    private static final Bytes ASSOCIATED_DATA = Label.SESSION_FRAME.over();

    private final Aead sending;
    private final Aead receiving;
    private long sentFrames;
    private long receivedFrames;
    private ByteWriter fragments = new ByteWriter();
    private boolean isClosed;

    SealedChannel(Aead sending, Aead receiving) {
        this.sending = sending;
        this.receiving = receiving;
    }

    /**
     * The frames that carry {@code message}, each one message on the stream, to be sent in this order and before those of any
     * later call.
     *
     * @throws IllegalArgumentException if the message has more than {@link #MESSAGE_BYTES_MAX} bytes
     */
    public List<Bytes> seal(Bytes message) {
        checkOpen();
        if (message.size() > MESSAGE_BYTES_MAX) {
            throw new IllegalArgumentException(message.size() + " bytes, at most " + MESSAGE_BYTES_MAX);
        }
        List<Bytes> frames = new ArrayList<>();
        int from = 0;
        while (message.size() - from > FRAGMENT_BYTES) {
            frames.add(frame(MORE_FOLLOW, message.slice(from, from + FRAGMENT_BYTES), PaddingClass.LARGEST));
            from += FRAGMENT_BYTES;
        }
        PaddingClass last = from == 0 ? PaddingClass.holding(message.size()) : PaddingClass.LARGEST;
        frames.add(frame(LAST, message.slice(from, message.size()), last));
        return frames;
    }

    /**
     * Opens the next frame.
     *
     * @return a whole message, or empty where more of its frames are to come
     * @throws SessionException if the frame is not the next one of this channel, in whatever way; the channel is then closed
     */
    public Optional<Bytes> open(Bytes frame) throws SessionException {
        checkOpen();
        try {
            Bytes plaintext = receiving.open(nonce(receivedFrames), ASSOCIATED_DATA, frame);
            receivedFrames++;
            return take(frame.size(), plaintext);
        } catch (CryptoException | WireException malformed) {
            close();
            throw new SessionException("a frame that is not the next of this session", malformed);
        }
    }

    private Optional<Bytes> take(int frameBytes, Bytes plaintext) throws WireException {
        ByteReader in = new ByteReader(plaintext);
        int flag = in.u8();
        Bytes content = Padded.unpad(in.rest());
        if (frameBytes != expectedFrameBytes(flag, content.size())
                || fragments.size() + content.size() > MESSAGE_BYTES_MAX) {
            throw new WireException("a frame that seal() would not have made");
        }
        fragments.raw(content);
        if (flag == MORE_FOLLOW) {
            return Optional.empty();
        }
        Bytes message = fragments.toBytes();
        fragments = new ByteWriter();
        return Optional.of(message);
    }

    // One encoding per message: nothing can be told, or smuggled, by how it was cut.
    private int expectedFrameBytes(int flag, int contentBytes) throws WireException {
        boolean isFirst = fragments.size() == 0;
        boolean isAllowed =
                flag == MORE_FOLLOW ? contentBytes == FRAGMENT_BYTES : flag == LAST && (isFirst || contentBytes > 0);
        if (!isAllowed) {
            throw new WireException("a fragment that is not full, or an empty end");
        }
        return isFirst ? PaddingClass.holding(contentBytes).sizeBytes() : FRAME_BYTES_MAX;
    }

    private Bytes frame(int flag, Bytes content, PaddingClass size) {
        Bytes padded = Padded.pad(content, size.plaintextBytes() - 1);
        Bytes plaintext = new ByteWriter().u8(flag).raw(padded).toBytes();
        return sending.seal(nonce(sentFrames++), ASSOCIATED_DATA, plaintext);
    }

    /** Four zero bytes and the number of the frame: at a million frames a second it would last longer than the key. */
    private static Bytes nonce(long frame) {
        return new ByteWriter()
                .raw(new byte[Crypto.AEAD_NONCE_BYTES - Long.BYTES])
                .u64(frame)
                .toBytes();
    }

    private void checkOpen() {
        if (isClosed) {
            throw new IllegalStateException("this session is closed");
        }
    }

    @Override
    public void close() {
        isClosed = true;
        sending.close();
        receiving.close();
    }
}

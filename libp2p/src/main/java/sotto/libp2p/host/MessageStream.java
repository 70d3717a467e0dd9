package sotto.libp2p.host;

import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * Whole messages over a stream, each behind its length as an unsigned varint, as most libp2p protocols frame theirs. A
 * message that is malformed, longer than allowed or cut short resets the stream. As thread-safe as the stream.
 */
public final class MessageStream {
    private final Stream stream;
    private final int messageBytesMax;

    /** @param messageBytesMax what a received message may measure; also the most that is held of an unfinished one */
    public MessageStream(Stream stream, int messageBytesMax) {
        this.stream = stream;
        this.messageBytesMax = messageBytesMax;
    }

    public Stream stream() {
        return stream;
    }

    /** Sends one message; completes and fails as {@link Stream#write}. */
    public CompletionStage<Void> write(Bytes message) {
        return stream.write(MessageDecoder.encode(message));
    }

    /** Who reads; set once, as {@link Stream#read}. */
    public void read(Reader reader) {
        stream.read(new Assembly(stream, new MessageDecoder(messageBytesMax), reader));
    }

    /**
     * Stops or resumes delivery, as {@link Stream#setReading}. Messages that came in the same piece as the last one are
     * delivered all the same: 64 KiB of them at most.
     */
    public void setReading(boolean isReading) {
        stream.setReading(isReading);
    }

    /** What happens on the stream: as {@link Stream.Reader}, with messages in the place of bytes. */
    public interface Reader {
        void onMessage(Bytes message);

        /** The other end writes no more. */
        void onEnd();

        /** Both directions are gone, by either end, or because what came was no message. */
        void onReset();
    }

    /** Makes messages of pieces. Confined to the connection's loop. */
    private static final class Assembly implements Stream.Reader {
        private final Stream stream;
        private final MessageDecoder decoder;
        private final Reader reader;
        private boolean isOver;

        Assembly(Stream stream, MessageDecoder decoder, Reader reader) {
            this.stream = stream;
            this.decoder = decoder;
            this.reader = reader;
        }

        @Override
        public void onBytes(Bytes bytes) {
            if (isOver) {
                return;
            }
            try {
                decoder.feed(bytes, reader::onMessage);
            } catch (WireException notAMessage) {
                abandon();
            }
        }

        @Override
        public void onEnd() {
            if (isOver) {
                return;
            }
            if (decoder.isBetweenMessages()) {
                reader.onEnd();
            } else {
                abandon();
            }
        }

        @Override
        public void onReset() {
            if (!isOver) {
                isOver = true;
                reader.onReset();
            }
        }

        private void abandon() {
            isOver = true;
            stream.reset();
            reader.onReset();
        }
    }
}

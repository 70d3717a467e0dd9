package sotto.libp2p.host;

import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;

/**
 * One multiplexed stream, both directions half-closable. Life cycle: open; {@link #read} is set once, at once (within the
 * handler or the completion that delivered the stream); each direction ends by close, or both by reset. Methods are
 * thread-safe; callbacks come from the connection's loop.
 */
public interface Stream {
    ProtocolId protocol();

    Connection connection();

    /** Who reads. Bytes that arrived before are delivered now; nothing is lost between opening and this call. */
    void read(Reader reader);

    /** Stops or resumes delivery. While stopped at most one receive window is held; then the sender waits. */
    void setReading(boolean isReading);

    /**
     * Sends {@code bytes} after all that was written before.
     *
     * @return completes when they were handed to the transport, which is when the next write should be made: a writer that waits
     *     for it holds at most one window; one that does not is reset when it exceeds the limit on queued bytes. Fails with
     *     {@link HostException} if the stream was closed or reset
     */
    CompletionStage<Void> write(Bytes bytes);

    /** Ends our direction after all that was written; the other may go on. */
    void closeWrite();

    /** Drops both directions and all that is queued. */
    void reset();

    /** What happens on a stream, in order; ends with exactly one of {@link #onEnd} then possibly {@link #onReset}, or {@link #onReset}. */
    interface Reader {
        void onBytes(Bytes bytes);

        /** The other end writes no more. */
        void onEnd();

        /** Both directions are gone: a reset by either end, or the connection closed. Not called once both directions ended cleanly. */
        void onReset();
    }
}

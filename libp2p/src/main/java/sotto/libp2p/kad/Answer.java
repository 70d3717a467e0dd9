package sotto.libp2p.kad;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;

/**
 * What a server answers.
 *
 * @param value what it keeps, or was told to keep
 * @param closer peers closer to the key than it is itself, as far as it knows
 * @param providers of the key
 */
public record Answer(Optional<Value> value, List<Peer> closer, List<Peer> providers) {
    /** Nothing to say: the answer to a ping. */
    public static final Answer EMPTY = new Answer(Optional.empty(), List.of(), List.of());

    public Answer {
        closer = List.copyOf(closer);
        providers = List.copyOf(providers);
    }

    /**
     * A value as a server keeps it.
     *
     * @param receivedAt when a copy came in last, as the server says
     */
    public record Value(Bytes value, Instant receivedAt) {}
}

package sotto.libp2p.kad;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import sotto.libp2p.bytes.Bytes;

/**
 * How many bytes messages have on the wire: those of the codec, measured once, since simulated peers all have one address; and
 * what TCP, Noise and Yamux add, reckoned from their specifications. Stateless.
 */
final class SimSizes {
    /** A frame of Yamux in one of Noise in a packet with its acknowledgement, and the length before the message. */
    private static final int FRAMES = 12 + 18 + 40 + 40 + 2;

    /** Negotiating a protocol both ways, opening and closing: four small packets. */
    static final int STREAM = 2 * (20 + 18) + 4 * (12 + 18 + 40);

    /** TCP, multistream-select and Noise with both identities, then identify both ways. */
    static final int DIAL = 7 * 40 + 100 + 2 * 250 + 2 * (STREAM + FRAMES + 400);

    /** Three attempts to connect to nobody. */
    static final int SYN = 3 * 60;

    private static final Peer SAMPLE = Peers.peer(new SplittableRandom(1));
    private static final Bytes KEY = SAMPLE.id().multihash();
    private static final Request FIND = new Request.FindNode(KEY);
    private static final int FIND_BYTES = KadCodec.encode(FIND).size() - KEY.size();
    private static final int RECORD_BYTES = KadCodec.encode(new Request.PutValue(KEY, Bytes.utf8("0"), Instant.EPOCH))
                    .size()
            - 2 * KEY.size()
            - 1;
    private static final int PEERS = 10;
    private static final int PEER_BYTES =
            (KadCodec.encode(new Answer(Optional.empty(), Collections.nCopies(PEERS, SAMPLE), List.of()), FIND)
                                    .size()
                            - KadCodec.encode(Answer.EMPTY, FIND).size())
                    / PEERS;

    private SimSizes() {}

    static int of(Request request) {
        return FRAMES
                + (request instanceof Request.PutValue put
                        ? RECORD_BYTES + 2 * put.key().size() + put.value().size()
                        : FIND_BYTES + request.key().size());
    }

    static int of(Answer answer) {
        int peers = answer.closer().size() + answer.providers().size();
        return FRAMES
                + FIND_BYTES
                + peers * PEER_BYTES
                + answer.value()
                        .map(value -> RECORD_BYTES + value.value().size())
                        .orElse(0);
    }
}

package sotto.libp2p.swarm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import sotto.libp2p.yamux.YamuxStream;

/**
 * The streams that the other end of one connection has open here: the first few need no leave, those beyond share a budget with
 * all connections, and no protocol has more than its share. Confined to the connection's loop; the budget is everybody's.
 */
final class InboundStreams {
    private final int ownMax;
    private final Budget shared;
    private final Set<YamuxStream> open = new HashSet<>();
    private final Map<YamuxStream, Protocols.Entry> served = new HashMap<>();

    InboundStreams(int ownMax, Budget shared) {
        this.ownMax = ownMax;
        this.shared = shared;
    }

    /** True if there is a place for {@code stream}, which it has until it is gone. */
    boolean admit(YamuxStream stream) {
        if (open.size() >= ownMax && !shared.take()) {
            return false;
        }
        return open.add(stream);
    }

    /** True if {@code stream} may go on as one of {@code protocol}. */
    boolean mayServe(YamuxStream stream, Protocols.Entry protocol) {
        long others = served.values().stream()
                .filter(entry -> entry.protocol().equals(protocol.protocol()))
                .count();
        if (others >= protocol.streamsMax() || !open.contains(stream)) {
            return false;
        }
        served.put(stream, protocol);
        return true;
    }

    /** To be told of every stream that ends, whether or not it was admitted. */
    void onGone(YamuxStream stream) {
        served.remove(stream);
        if (open.remove(stream) && open.size() >= ownMax) {
            shared.giveBack();
        }
    }
}

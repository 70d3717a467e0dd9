package sotto.libp2p.host;

/**
 * Is told what a server of the table answers and refuses, and how often the table is searched, for whoever shows figures of it;
 * never for whom. Called on the routing's loop and on connections' loops, so it must cost next to nothing. Thread-safe.
 */
public interface RoutingMeter {
    /** Counts nothing. */
    RoutingMeter NONE = new RoutingMeter() {
        @Override
        public void onAnswered(Question question) {}

        @Override
        public void onRefused(Refusal refusal) {}

        @Override
        public void onLookup() {}
    };

    /** A peer got what it asked for. */
    void onAnswered(Question question);

    /** A peer's stream was reset instead. */
    void onRefused(Refusal refusal);

    /** This host began to search the table for a key. */
    void onLookup();

    /** What peers ask of a server (kad-dht specification, "RPC messages"). */
    enum Question {
        FIND_NODE,
        GET_VALUE,
        PUT_VALUE,
        GET_PROVIDERS,
        ADD_PROVIDER,
        PING
    }

    /** What is refused, and why. */
    enum Refusal {
        /** The connection has as many streams of the table as it may have. */
        STREAMS_FULL,
        /** As many requests wait for an answer as may. */
        WAITING_FULL,
        /** One peer asks faster than it may. */
        PEER_TOO_FAST,
        /** One network asks faster than it may. */
        NETWORK_TOO_FAST,
        /** What came is no request. */
        MALFORMED,
        /** A record or an announcement that is not kept: not valid, worse than the one kept, or no room. */
        NOT_KEPT
    }
}

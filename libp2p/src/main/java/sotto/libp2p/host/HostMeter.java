package sotto.libp2p.host;

/**
 * Is told what a host carries and refuses, for whoever shows figures of it; never from whom. Called on connections' loops for
 * every piece of data, so it must cost next to nothing. Thread-safe.
 */
public interface HostMeter {
    /** Counts nothing. */
    HostMeter NONE = new HostMeter() {
        @Override
        public void onReceived(int sizeBytes) {}

        @Override
        public void onSent(int sizeBytes) {}

        @Override
        public void onRefused(Refusal refusal) {}
    };

    /** So many bytes came in from a socket, as they were on the wire. */
    void onReceived(int sizeBytes);

    /** So many bytes are on their way out to a socket. */
    void onSent(int sizeBytes);

    /** Somebody got less than asked for, or lost it to somebody else. */
    void onRefused(Refusal refusal);

    /** What is refused, by the bound that did it. */
    enum Refusal {
        /** There are as many connections as there may be: one made room, or who came was sent away. */
        CONNECTIONS_FULL,
        /** There are as many handshakes under way as there may be; likewise. */
        HANDSHAKES_FULL,
        /** The network that it comes from has as many connections, or handshakes under way, as it may have; likewise. */
        NETWORK_FULL,
        /** Connections come from that network faster than they may. */
        NETWORK_TOO_FAST,
        /** It spoke something else, was not who it claimed to be, or took too long. */
        HANDSHAKE_FAILED,
        /** The connection has as many streams as it may have, of one protocol or of all, or the host has. */
        STREAMS_FULL
    }
}

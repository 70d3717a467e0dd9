package sotto.bootstrap.app;

import sotto.libp2p.host.Limits;

/**
 * What strangers may make the host hold. A messenger has few connections that carry much; here there are thousands of small
 * questions, so each may have little, and all of them together fit into the heap.
 */
final class NodeBounds {
    /** No stream carries more than some KiB at once; a window begins with this, and none needs to grow. */
    private static final int WINDOW_BYTES = 256 * 1024;
    /** Questions that wait while their stream's last answer is on its way; the longest measures 16 KiB. */
    private static final int HELD_BYTES_MAX = 32 * 1024;
    /** The longest answer, or some short ones: whoever asks on and on and does not read loses the stream. */
    private static final int WRITE_BYTES_MAX = 16 * 1024;
    /** Who asks one thing after the other always has room; who asks many at once shares what is beyond with others. */
    private static final Limits.Pool STREAMS = new Limits.Pool(4, 4_096);
    /** Of all handshakes under way, what one network may have. */
    private static final int HANDSHAKE_SHARE = 16;

    private NodeBounds() {}

    static Limits of(BootstrapConfig.Limits config) {
        Limits.Streams streams = Limits.STANDARD.streams();
        return Limits.STANDARD
                .withConnections(connections(config))
                .withStreams(new Limits.Streams(
                        streams.inboundMax(), streams.outboundMax(), streams.proposalsMax(), STREAMS))
                .withQueues(new Limits.Queues(WINDOW_BYTES, WRITE_BYTES_MAX, 0, HELD_BYTES_MAX));
    }

    private static Limits.Connections connections(BootstrapConfig.Limits config) {
        Limits.Connections standard = Limits.STANDARD.connections();
        int perMinute = config.arrivalsPerNetworkPerMinute();
        return new Limits.Connections(
                config.connectionsMax(),
                Math.min(standard.dialledOnly(), config.connectionsMax() / 4),
                config.connectionsPerNetworkMax(),
                pending(config.handshakesMax()),
                standard.backedOffAddressesMax(),
                new Limits.Arrivals(perMinute, Math.max(1, perMinute / 2)));
    }

    private static Limits.Pending pending(int handshakesMax) {
        Limits.Pending standard = Limits.STANDARD.connections().pending();
        int perNetwork = Math.max(standard.perAddressMax(), handshakesMax / HANDSHAKE_SHARE);
        return new Limits.Pending(handshakesMax, perNetwork, standard.dialledMax());
    }
}

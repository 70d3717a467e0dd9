package sotto.libp2p.host;

/** Hears of connections, on each connection's own loop. */
public interface ConnectionListener {
    default void onOpened(Connection connection) {}

    /** The other end described itself, or did so again because something changed. */
    default void onDescribed(Connection connection, PeerDescription description) {}

    default void onClosed(Connection connection) {}
}

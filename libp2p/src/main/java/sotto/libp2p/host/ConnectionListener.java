package sotto.libp2p.host;

/** Hears of connections, on each connection's own loop. */
public interface ConnectionListener {
    void onOpened(Connection connection);

    void onClosed(Connection connection);
}

package sotto.bootstrap.app;

import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ConnectionListener;

/** Logs who comes and goes; added to a host only where the operator asked for peers to be named. Thread-safe. */
final class PeerLog implements ConnectionListener {
    private static final System.Logger LOG = System.getLogger(PeerLog.class.getName());

    @Override
    public void onOpened(Connection connection) {
        log("connected: ", connection);
    }

    @Override
    public void onClosed(Connection connection) {
        log("gone: ", connection);
    }

    private static void log(String what, Connection connection) {
        LOG.log(
                System.Logger.Level.INFO,
                () -> what + connection.remoteAddress().withPeer(connection.remotePeer()));
    }
}

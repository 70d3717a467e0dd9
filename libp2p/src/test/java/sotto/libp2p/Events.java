package sotto.libp2p;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ConnectionListener;
import sotto.libp2p.host.PeerDescription;

/** Remembers what a host tells of its connections. Thread-safe. */
final class Events implements ConnectionListener {
    private static final long PATIENCE_SECONDS = 30;

    final BlockingQueue<Connection> opened = new LinkedBlockingQueue<>();
    final BlockingQueue<Connection> closed = new LinkedBlockingQueue<>();
    final BlockingQueue<PeerDescription> described = new LinkedBlockingQueue<>();

    /** The next of {@code queue}, waiting for it. */
    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return next == null ? Assertions.fail("nothing happened") : next;
    }

    @Override
    public void onOpened(Connection connection) {
        opened.add(connection);
    }

    @Override
    public void onDescribed(Connection connection, PeerDescription description) {
        described.add(description);
    }

    @Override
    public void onClosed(Connection connection) {
        closed.add(connection);
    }
}

package sotto.node.rpc;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sotto.node.api.Messenger;

/**
 * Serves a messenger to other processes of the same user: claims the home, answers from {@link #serve} on, ends with
 * {@link #close}, which leaves the messenger as it is. Thread-safe.
 */
public final class MessengerServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MessengerServer.class.getName());

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final NodeSocket place;
    private final NodeLock lock;
    private final ServerSocketChannel server;
    private final RpcLimits limits;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<ServedClient> clients = ConcurrentHashMap.newKeySet();

    private MessengerServer(NodeSocket place, NodeLock lock, RpcLimits limits) throws IOException {
        this.place = place;
        this.lock = lock;
        this.limits = limits;
        this.server = place.listen(limits.clientsMax());
    }

    /** Makes this process the one that serves the home, which is made if it is missing; empty if another one does. */
    public static Optional<MessengerServer> claim(Path home) throws IOException {
        return claim(home, RpcLimits.DEFAULT);
    }

    static Optional<MessengerServer> claim(Path home, RpcLimits limits) throws IOException {
        Optional<NodeLock> lock = NodeLock.take(home);
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MessengerServer(new NodeSocket(home), lock.get(), limits));
        } catch (IOException | RuntimeException unbound) {
            lock.get().close();
            throw unbound;
        }
    }

    /** Answers with this messenger from now on; who connected before has waited. To be called once. */
    public void serve(Messenger messenger) {
        Thread acceptor = new Thread(() -> acceptAll(messenger), "sotto-rpc-accept");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** Hangs up on all clients and frees the home. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Files.deleteIfExists(place.path());
            server.close();
            clients.forEach(ServedClient::close);
            lock.close();
        } catch (IOException leftover) {
            LOG.log(System.Logger.Level.WARNING, "could not remove the socket: " + leftover.getClass());
        }
    }

    private void acceptAll(Messenger messenger) {
        var desk = new ServedClient.Desk(messenger, ApiJson.gson(), RpcMethod.all(), limits);
        acceptAll(() -> accept(desk));
    }

    /** Goes on after whatever fails, once there was time for it to pass: descriptors or threads that others use up come back. */
    void acceptAll(Accepting accepting) {
        boolean isOver = false;
        while (!isOver && server.isOpen()) {
            try {
                accepting.acceptOne();
            } catch (ClosedChannelException ours) {
                isOver = true;
            } catch (IOException | RuntimeException | Error failure) {
                LOG.log(System.Logger.Level.WARNING, "could not serve a client: " + failure.getClass());
                isOver = isClosedWithin(PAUSE);
            }
        }
    }

    private void accept(ServedClient.Desk desk) throws IOException {
        SocketChannel socket = server.accept();
        try {
            if (clients.size() >= limits.clientsMax() || !place.isOfSameUser(socket)) {
                socket.close();
                return;
            }
            begin(new ServedClient(socket, desk, clients::remove));
        } catch (IOException | RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
    }

    private void begin(ServedClient client) {
        clients.add(client);
        try {
            client.start();
        } catch (RuntimeException | Error noThreads) {
            client.close();
            throw noThreads;
        }
    }

    private boolean isClosedWithin(Duration span) {
        try {
            return closed.await(span.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException toEnd) {
            return true;
        }
    }

    /** Waits for one client and begins to serve it. */
    interface Accepting {
        void acceptOne() throws IOException;
    }
}

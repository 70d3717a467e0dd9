package sotto.node.rpc;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import sotto.node.api.Messenger;

/**
 * Serves a messenger to other processes of the same user: claims the home, answers from {@link #serve} on, ends with
 * {@link #close}, which leaves the messenger as it is. Thread-safe.
 */
public final class MessengerServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MessengerServer.class.getName());

    private final NodeSocket place;
    private final NodeLock lock;
    private final ServerSocketChannel server;
    private final RpcLimits limits;
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
        try {
            while (server.isOpen()) {
                SocketChannel socket = server.accept();
                if (clients.size() >= limits.clientsMax() || !place.isOfSameUser(socket)) {
                    socket.close();
                    continue;
                }
                ServedClient client = new ServedClient(socket, desk, clients::remove);
                clients.add(client);
                client.start();
            }
        } catch (IOException closed) {
            // By close(): there is no other reason for accept to fail that a retry would cure.
        }
    }
}

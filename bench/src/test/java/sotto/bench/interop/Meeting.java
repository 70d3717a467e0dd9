package sotto.bench.interop;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import sotto.libp2p.HostBuilder;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ConnectionListener;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.PeerDescription;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;
import sotto.libp2p.peer.Multiaddr;

/** One host of each implementation, on loopback, and a connection between them. */
final class Meeting implements AutoCloseable {
    /** Longer than anything takes on a slow machine; who waits for it has failed. */
    private static final int PATIENCE_SECONDS = 180;

    final Host host;
    final JsPeer js;
    final InteropProtocols protocols = new InteropProtocols();
    final BlockingQueue<Connection> opened = new LinkedBlockingQueue<>();
    final BlockingQueue<PeerDescription> described = new LinkedBlockingQueue<>();
    final BlockingQueue<Connection> closed = new LinkedBlockingQueue<>();

    private final Direction direction;
    private final String jsId;
    private final Multiaddr jsAddress;
    private final Connection connection;

    /** Who dials. */
    enum Direction {
        WE_DIAL,
        JS_DIALS
    }

    /** Starts both and connects them; {@code keyKind} is what js-libp2p calls the kind of its key. */
    Meeting(Direction direction, String keyKind) throws IOException, WireException, InterruptedException {
        this.direction = direction;
        this.js = JsPeer.start();
        JsonObject started = js.call("start", Map.of("key", keyKind));
        this.jsId = started.get("peer").getAsString();
        this.jsAddress =
                Multiaddr.parse(started.getAsJsonArray("addresses").get(0).getAsString());
        this.host = new HostBuilder()
                .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")))
                .build();
        protocols.serve(host);
        host.addListener(new Listener());
        await(host.start());
        this.connection = connect();
    }

    private Connection connect() throws InterruptedException {
        if (direction == Direction.WE_DIAL) {
            await(host.connect(jsAddress));
        } else {
            js.call("dial", Map.of("address", ourAddress().toString()));
        }
        return next(opened);
    }

    Connection connection() {
        return connection;
    }

    Direction direction() {
        return direction;
    }

    /** The peer id of js, as it writes it. */
    String jsId() {
        return jsId;
    }

    Multiaddr jsAddress() {
        return jsAddress;
    }

    Multiaddr ourAddress() {
        return host.listenAddresses().get(0).withPeer(host.id());
    }

    /** The options of a command that concerns this host. */
    Map<String, Object> us() {
        return Map.of("peer", host.id().text());
    }

    Map<String, Object> us(String name, Object value) {
        return Map.of("peer", host.id().text(), name, value);
    }

    Stream open(ProtocolId protocol) {
        return await(connection.open(List.of(protocol)));
    }

    static <T> T await(CompletionStage<T> outcome) {
        return outcome.toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** The next thing to happen. */
    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("it did not happen");
        }
        return next;
    }

    @Override
    public void close() {
        host.close();
        js.close();
    }

    private final class Listener implements ConnectionListener {
        @Override
        public void onOpened(Connection fresh) {
            opened.add(fresh);
        }

        @Override
        public void onDescribed(Connection which, PeerDescription description) {
            described.add(description);
        }

        @Override
        public void onClosed(Connection which) {
            closed.add(which);
        }
    }
}

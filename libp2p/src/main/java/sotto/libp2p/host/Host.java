package sotto.libp2p.host;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;

/**
 * A libp2p host: listens, dials, and joins streams to protocol handlers. Made by {@code sotto.libp2p.HostBuilder}; it listens once
 * {@link #start()} has completed. Thread-safe. All callbacks of one connection (its handlers, streams and events) come from
 * one thread, that connection's loop, and must not block.
 */
public interface Host extends AutoCloseable {
    PeerId id();

    /** Begins to listen on the configured addresses; completes with the addresses bound (real ports, no {@code /p2p}). */
    CompletionStage<List<Multiaddr>> start();

    /** The addresses bound, wildcards resolved to the machine's interface addresses, without {@code /p2p}. */
    List<Multiaddr> listenAddresses();

    /**
     * A connection to {@code address}: an open one to the same peer where the address names it by {@code /p2p}, else a new
     * one. Dials to the same address are joined while under way; a failing address is backed off from.
     *
     * @return fails with {@link HostException} if the dial, the handshake or the peer's identity fails, or a limit is reached
     */
    CompletionStage<Connection> connect(Multiaddr address);

    /**
     * One round trip of libp2p's ping, over a stream of its own.
     *
     * @return fails with {@link HostException} if the other end does not speak ping or answers too late
     */
    CompletionStage<Duration> ping(Connection connection);

    /** Offers a protocol to the connections that {@code handler} allows; replaces an earlier handler of the same id. */
    void handle(ProtocolId protocol, ProtocolHandler handler);

    /** Hears of every connection that opens (after its handshake) and closes. Add before {@link #start()}. */
    void addListener(ConnectionListener listener);

    List<Connection> connections();

    /** Who does the transport's cipher, for {@code status}. */
    String cipherName();

    /** Closes all connections with go-away and stops listening; returns when the ports are free. */
    @Override
    void close();
}

package sotto.bootstrap.app;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.HostBuilder;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.Ed25519KeyPair;
import sotto.libp2p.host.Host;
import sotto.libp2p.runtime.Entropy;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;

/**
 * A running bootstrap node: its host, the directory on it, and what tells others how it is. Life cycle: {@link #start}, then it serves until
 * it is closed. Confined to the thread that starts it, but for what the health server asks.
 */
final class BootstrapNode implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BootstrapNode.class.getName());
    private static final Duration LISTENING_PATIENCE = Duration.ofSeconds(10);
    /** Short, since the whole is to end within five seconds. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private static final Duration ALIVE_PATIENCE = Duration.ofSeconds(2);
    /** Jars, sockets that listen, records. */
    private static final int FILES_BESIDE_CONNECTIONS = 200;

    private final EventLoop loop;
    private final Host host;
    private final DirectoryService directory;
    private final Tally tally;
    private @Nullable Metrics metrics;
    private @Nullable HealthServer health;

    // Written by the thread that starts and ends the node, read by the health server's.
    private volatile boolean isReady;

    private BootstrapNode(DirectoryService.Surroundings around, DirectoryService directory) {
        this.loop = around.loop();
        this.host = around.host();
        this.directory = directory;
        this.tally = around.tally();
    }

    /**
     * Serves by {@code config} once it returns. Borrows {@code home} and {@code loop}.
     *
     * @throws ApiException if it cannot, for example because a port is taken
     */
    static BootstrapNode start(Home home, EventLoop loop, BootstrapConfig config) throws IOException {
        Crypto crypto = CryptoChoice.fastest();
        Tally tally = new Tally();
        Host host = host(crypto, home, config, tally);
        DirectoryService.Surroundings around = new DirectoryService.Surroundings(host, loop, crypto, tally);
        BootstrapNode node = new BootstrapNode(around, directory(around, home, config));
        try {
            node.begin(config);
            return node;
        } catch (RuntimeException failure) {
            node.close();
            throw failure;
        }
    }

    /** Where it can be reached, with its id; wildcards resolved. */
    List<String> addresses() {
        return host.listenAddresses().stream()
                .map(address -> address.withPeer(host.id()).toString())
                .toList();
    }

    /** Where health and metrics are told, if they are. */
    OptionalInt metricsPort() {
        return health == null ? OptionalInt.empty() : OptionalInt.of(health.port());
    }

    @Override
    public void close() {
        isReady = false;
        try {
            Outcome.of(directory.stop(), STOP_PATIENCE);
        } catch (ApiException late) {
            LOG.log(System.Logger.Level.WARNING, "the directory did not stop in time", late);
        }
        host.close();
        if (health != null) {
            health.close();
        }
        if (metrics != null) {
            metrics.close();
        }
    }

    private void begin(BootstrapConfig config) {
        if (config.log().namesPeers()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "log.peers is on: THIS LOG NAMES PEERS AND THEIR ADDRESSES. Turn it off when you have found what"
                            + " you look for, and delete the log");
            host.addListener(new PeerLog());
        }
        warnOfTooFewFiles(config.limits().connectionsMax());
        if (config.metricsPort().isPresent()) {
            Metrics figures = new Metrics(host, directory, tally);
            metrics = figures;
            health = startHealth(config.metricsPort().getAsInt(), figures);
            LOG.log(System.Logger.Level.INFO, "health and metrics on loopback, port " + health.port());
        }
        Outcome.of(host.start(), LISTENING_PATIENCE);
        directory.join();
        isReady = true;
        LOG.log(System.Logger.Level.INFO, "serving; the transport's cipher is by " + host.cipherName());
    }

    private static void warnOfTooFewFiles(int connectionsMax) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < connectionsMax + FILES_BESIDE_CONNECTIONS) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "this process may open " + system.getMaxFileDescriptorCount() + " files, too few for "
                            + connectionsMax
                            + " connections: raise its limit (ulimit -n) or lower limits.connections-max");
        }
    }

    private HealthServer startHealth(int port, Metrics figures) {
        try {
            return HealthServer.start(
                    port, new HealthServer.Sources(this::isAlive, () -> isReady && isAlive(), figures::text));
        } catch (IOException taken) {
            throw new ApiException(new ApiError.Failed("cannot serve metrics on port " + port + " of loopback"));
        }
    }

    /** Whether the node's loop still does what it is told. */
    private boolean isAlive() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(null));
        try {
            answer.get(ALIVE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException stuck) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static DirectoryService directory(DirectoryService.Surroundings around, Home home, BootstrapConfig config)
            throws IOException {
        try {
            return DirectoryService.on(around, home, config);
        } catch (IOException | RuntimeException failure) {
            around.host().close();
            throw failure;
        }
    }

    private static Host host(Crypto crypto, Home home, BootstrapConfig config, Tally tally) throws IOException {
        RandomGenerator random = Entropy.secure();
        try (Ed25519KeyPair key = new HostKeyFile(home.keyFile(), crypto).readOrCreate(random)) {
            HostBuilder builder = new HostBuilder()
                    .crypto(crypto)
                    .random(random)
                    .hostKey(key)
                    .limits(NodeBounds.of(config.limits()))
                    .meter(tally);
            return config.listen().isEmpty()
                    ? builder.build()
                    : builder.listen(config.listen()).build();
        }
    }
}

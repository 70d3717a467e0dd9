package sotto.bootstrap.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.HostBuilder;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ConnectionListener;
import sotto.libp2p.host.Host;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoop;
import sotto.libp2p.runtime.EventLoopThread;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;

/** Proves that a node serves hosts, tells how it is, keeps its limits and says what it refused. */
class BootstrapNodeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void servesAndCountsWhoIsThere() throws Exception {
        BootstrapNode node = start(Map.of());
        assertEquals(200, page(node, "/livez").status());
        assertEquals(200, page(node, "/readyz").status());
        Host client = client();
        await(client.ping(await(client.connect(address(node)))));
        Page metrics = page(node, "/metrics");
        assertEquals(1, metrics.figure("sotto_peers"));
        assertEquals(1, metrics.figure("sotto_connections"));
        assertTrue(metrics.figure("sotto_bytes_total{direction=\"in\"}") > 0);
        assertTrue(metrics.figure("sotto_bytes_total{direction=\"out\"}") > 0);
        assertTrue(metrics.figure("jvm_threads_live_threads") > 0);
        assertTrue(metrics.text().contains("jvm_gc_"));
    }

    @Test
    void namesNobodyInItsMetrics() throws Exception {
        BootstrapNode node = start(Map.of());
        Host client = client();
        await(client.connect(address(node)));
        String metrics = page(node, "/metrics").text();
        assertFalse(metrics.contains(client.id().toString()));
        assertFalse(metrics.contains("/ip4/"));
        assertFalse(metrics.contains("127.0.0.1"));
    }

    @Test
    void holdsNoMoreConnectionsThanItsLimitAndCountsWhoMadeRoom() throws Exception {
        BootstrapNode node = start(Map.of(Setting.CONNECTIONS, new Given(List.of("2"), "test")));
        CompletableFuture<Connection> closed = new CompletableFuture<>();
        Host client = client();
        client.addListener(new ConnectionListener() {
            @Override
            public void onClosed(Connection connection) {
                closed.complete(connection);
            }
        });
        Connection first = await(client.connect(address(node)));
        await(client().connect(address(node)));
        await(client().connect(address(node)));
        assertEquals(first, await(closed), "who came first makes room");
        assertEquals(
                1, page(node, "/metrics").figure("sotto_refusals_total{kind=\"connections_full\",of=\"connection\"}"));
    }

    @Test
    void tellsThatAPortIsTaken() throws Exception {
        BootstrapNode node = start(Map.of());
        String port = Integer.toString(node.metricsPort().orElseThrow());
        ApiException refused = assertThrows(
                ApiException.class, () -> start(Map.of(Setting.METRICS_PORT, new Given(List.of(port), "test"))));
        assertEquals(ApiError.Kind.FAILED, refused.error().kind());
        Multiaddr taken = address(node).withoutPeer();
        assertThrows(
                ApiException.class, () -> start(Map.of(Setting.LISTEN, new Given(List.of(taken.toString()), "test"))));
    }

    @Test
    void tellsNothingByHttpUnlessAsked() throws Exception {
        BootstrapNode node = start(Map.of(Setting.METRICS_PORT, new Given(List.of(Setting.OFF), "test")));
        assertTrue(node.metricsPort().isEmpty());
    }

    private BootstrapNode start(Map<Setting, Given> settings) throws Exception {
        Map<Setting, Given> all = new java.util.EnumMap<>(Setting.class);
        all.put(Setting.LISTEN, new Given(List.of("/ip4/127.0.0.1/tcp/0"), "test"));
        all.put(Setting.METRICS_PORT, new Given(List.of("0"), "test"));
        all.putAll(settings);
        BootstrapConfig config = BootstrapConfig.of(new BootstrapConfig.Sources(Optional.empty(), Map.of(), all));
        EventLoop loop = opened(new EventLoopThread("bootstrap-test"));
        Home home = opened(Home.take(folder.resolve("home-" + open.size()), loop, PATIENCE));
        return opened(BootstrapNode.start(home, loop, config));
    }

    private Host client() {
        return opened(new HostBuilder().listen(List.of()).build());
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }

    private static Multiaddr address(BootstrapNode node) throws Exception {
        return Multiaddr.parse(node.addresses().get(0));
    }

    private static Page page(BootstrapNode node, String path) throws Exception {
        return Page.get(node.metricsPort().orElseThrow(), path);
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}

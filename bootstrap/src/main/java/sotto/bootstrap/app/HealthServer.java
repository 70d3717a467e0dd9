package sotto.bootstrap.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Tells the programs that watch this node how it is, by HTTP on loopback alone: {@code /livez} (restart it if not),
 * {@code /readyz} (send it traffic if so) and {@code /metrics}. Serves from its making until it is closed. Thread-safe.
 */
final class HealthServer implements AutoCloseable {
    static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PLAIN_TYPE = "text/plain; charset=utf-8";
    private static final int THREADS = 2;
    private static final int WAITING_MAX = 16;
    private static final String REQUEST_SECONDS_MAX = "5";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, HealthServer::thread);

    private HealthServer(HttpServer server) {
        this.server = server;
    }

    /** What is told; each is asked at every request, from threads of the server. */
    record Sources(BooleanSupplier isAlive, BooleanSupplier isReady, Supplier<String> metrics) {}

    /** Serves on {@code port} of loopback; 0 is a free one. */
    static HealthServer start(int port, Sources sources) throws IOException {
        // A client that sends nothing must not hold a thread. Read by the JDK when the first server is made.
        System.setProperty("sun.net.httpserver.maxReqTime", REQUEST_SECONDS_MAX);
        System.setProperty("sun.net.httpserver.maxRspTime", REQUEST_SECONDS_MAX);
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        HealthServer health = new HealthServer(HttpServer.create(new InetSocketAddress(loopback, port), WAITING_MAX));
        health.serve(sources);
        return health;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(Sources sources) {
        page("/livez", () -> verdict(sources.isAlive(), "alive"));
        page("/readyz", () -> verdict(sources.isReady(), "ready"));
        page("/metrics", () -> new Page(200, METRICS_TYPE, sources.metrics().get()));
        page("/", () -> new Page(404, PLAIN_TYPE, "there are /livez, /readyz and /metrics\n"));
        server.setExecutor(threads);
        server.start();
    }

    private static Page verdict(BooleanSupplier claim, String word) {
        return claim.getAsBoolean()
                ? new Page(200, PLAIN_TYPE, word + "\n")
                : new Page(503, PLAIN_TYPE, "not " + word + "\n");
    }

    private void page(String path, Supplier<Page> page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answer(exchange, path, page);
            }
        });
    }

    private void answer(HttpExchange exchange, String path, Supplier<Page> page) throws IOException {
        boolean isRead = exchange.getRequestMethod().equals("GET")
                || exchange.getRequestMethod().equals("HEAD");
        if (!isForLoopback(exchange)) {
            send(exchange, new Page(421, PLAIN_TYPE, "ask for 127.0.0.1\n"));
        } else if (!isRead) {
            send(exchange, new Page(405, PLAIN_TYPE, "only GET\n"));
        } else if (!path.equals("/") && !exchange.getRequestURI().getPath().equals(path)) {
            send(exchange, new Page(404, PLAIN_TYPE, "no such page\n"));
        } else {
            send(exchange, page.get());
        }
    }

    /** A web page in a browser of this machine may have its own name point here; then it asks under that name. */
    private static boolean isForLoopback(HttpExchange exchange) {
        String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
                .orElse("")
                .replaceFirst(":\\d+$", "");
        return host.equals("127.0.0.1") || host.equals("localhost");
    }

    private static void send(HttpExchange exchange, Page page) throws IOException {
        byte[] body = page.text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", page.type);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(page.status, hasBody ? body.length : -1);
        if (hasBody) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private static Thread thread(Runnable body) {
        Thread fresh = new Thread(body, "sotto-health");
        fresh.setDaemon(true);
        return fresh;
    }

    private record Page(int status, String type, String text) {}
}

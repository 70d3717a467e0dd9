package sotto.bootstrap.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proves, by bare HTTP, that health and metrics are told truly, and to programs of this machine alone. */
class HealthServerTest {
    private final AtomicBoolean isAlive = new AtomicBoolean(true);
    private final AtomicBoolean isReady = new AtomicBoolean();
    private HealthServer server = start();

    @BeforeEach
    void expectAServer() {
        assertTrue(server.port() > 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsWhetherTheNodeLives() throws IOException {
        assertEquals("HTTP/1.1 200 OK", statusOf("GET /livez"));
        isAlive.set(false);
        assertTrue(statusOf("GET /livez").contains(" 503 "));
    }

    @Test
    void tellsWhetherTheNodeServes() throws IOException {
        assertTrue(statusOf("GET /readyz").contains(" 503 "));
        isReady.set(true);
        assertEquals("HTTP/1.1 200 OK", statusOf("GET /readyz"));
    }

    @Test
    void givesMetricsInPrometheusFormat() throws IOException {
        String answer = ask("GET /metrics", "127.0.0.1:" + server.port());
        assertTrue(
                answer.toLowerCase(java.util.Locale.ROOT).contains("content-type: text/plain; version=0.0.4"), answer);
        assertTrue(answer.endsWith("\r\n\r\nsome_figure 1.0\n"), answer);
    }

    @Test
    void answersAHeadWithoutABody() throws IOException {
        assertTrue(ask("HEAD /livez", "localhost").endsWith("\r\n\r\n"));
    }

    @Test
    void refusesWhatItDoesNotServe() throws IOException {
        assertTrue(statusOf("GET /").contains(" 404 "));
        assertTrue(statusOf("GET /metrics/more").contains(" 404 "));
        assertTrue(statusOf("POST /metrics").contains(" 405 "));
    }

    @Test
    void refusesAWebPageWhoseNamePointsHere() throws IOException {
        assertTrue(ask("GET /metrics", "rebound.example").contains(" 421 "));
        assertTrue(ask("GET /metrics", "127.0.0.1.example").contains(" 421 "));
    }

    @Test
    void listensOnLoopbackAlone() throws IOException {
        server.close();
        server = start();
        for (var face : java.util.Collections.list(java.net.NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : java.util.Collections.list(face.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    org.junit.jupiter.api.Assertions.assertThrows(
                            IOException.class, () -> new Socket(address, server.port()).close(), address::toString);
                }
            }
        }
    }

    private HealthServer start() {
        try {
            return HealthServer.start(
                    0, new HealthServer.Sources(isAlive::get, isReady::get, () -> "some_figure 1.0\n"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String statusOf(String request) throws IOException {
        return ask(request, "127.0.0.1").lines().findFirst().orElseThrow();
    }

    private String ask(String request, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String text = request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

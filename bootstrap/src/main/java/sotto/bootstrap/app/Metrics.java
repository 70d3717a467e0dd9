package sotto.bootstrap.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.HostMeter;

/**
 * Figures of a running node in Prometheus' text format. They are sums: no label names a peer, an address or a key. Thread-safe.
 */
final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    Metrics(Host host, Tally tally) {
        bindHost(host);
        bindTally(tally);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** All figures as of now. */
    String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    private void bindHost(Host host) {
        Gauge.builder("sotto.connections", host, h -> h.connections().size())
                .description("Connections open now")
                .register(registry);
        Gauge.builder("sotto.peers", host, Metrics::peers)
                .description("Peers connected now; one may have several connections")
                .register(registry);
    }

    private static long peers(Host host) {
        return host.connections().stream()
                .map(Connection::remotePeer)
                .distinct()
                .count();
    }

    private void bindTally(Tally tally) {
        FunctionCounter.builder("sotto.bytes", tally, Tally::receivedBytes)
                .description("Bytes on the wire")
                .tag("direction", "in")
                .register(registry);
        FunctionCounter.builder("sotto.bytes", tally, Tally::sentBytes)
                .description("Bytes on the wire")
                .tag("direction", "out")
                .register(registry);
        for (HostMeter.Refusal refusal : HostMeter.Refusal.values()) {
            FunctionCounter.builder("sotto.refusals", tally, sums -> sums.refused(refusal))
                    .description("What peers asked for and did not get")
                    .tag("kind", refusal.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }
}

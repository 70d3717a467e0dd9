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
import java.util.function.ToDoubleFunction;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.HostMeter;
import sotto.libp2p.host.RoutingMeter;

/**
 * Figures of a running node in Prometheus' text format. They are sums: no label names a peer, an address or a key. Thread-safe.
 */
final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    Metrics(Host host, DirectoryService directory, Tally tally) {
        bindHost(host);
        bindDirectory(directory);
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
        FunctionCounter.builder("sotto.lookups", tally, Tally::lookups)
                .description("Searches of the directory that this node began")
                .register(registry);
        for (HostMeter.Refusal refusal : HostMeter.Refusal.values()) {
            bindRefusal("connection", refusal, sums -> sums.refused(refusal), tally);
        }
        for (RoutingMeter.Refusal refusal : RoutingMeter.Refusal.values()) {
            bindRefusal("request", refusal, sums -> sums.refused(refusal), tally);
        }
        for (RoutingMeter.Question question : RoutingMeter.Question.values()) {
            FunctionCounter.builder("sotto.requests", tally, sums -> sums.answered(question))
                    .description("Questions of peers that were answered")
                    .tag("kind", question.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private void bindRefusal(String of, Enum<?> kind, ToDoubleFunction<Tally> count, Tally tally) {
        FunctionCounter.builder("sotto.refusals", tally, count)
                .description("What peers asked for and did not get")
                .tag("of", of)
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private void bindDirectory(DirectoryService directory) {
        Gauge.builder("sotto.table.peers", directory, DirectoryService::tableSize)
                .description("Servers in the routing table")
                .register(registry);
        Gauge.builder("sotto.records", directory, DirectoryService::recordCount)
                .description("Records kept for others")
                .register(registry);
        Gauge.builder("sotto.records.corrupt", directory, DirectoryService::corruptCount)
                .description("Runs of bytes in the record file that could not be read at the start")
                .register(registry);
    }
}

package sotto.libp2p;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.RecordStore;
import sotto.libp2p.host.RecordValidator;
import sotto.libp2p.host.Routing;
import sotto.libp2p.host.RoutingMeter;
import sotto.libp2p.host.SeenPeers;
import sotto.libp2p.kad.KadConstants;
import sotto.libp2p.kad.KadLimits;
import sotto.libp2p.kad.Kademlia;
import sotto.libp2p.kad.Kademlia.Mode;
import sotto.libp2p.kad.Key;
import sotto.libp2p.kad.MemoryRecordStore;
import sotto.libp2p.kad.Validators;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoop;
import sotto.libp2p.runtime.EventLoopThread;

/**
 * Puts a distributed hash table on a host, before that is started:
 *
 * <pre>{@code
 * Host host = new HostBuilder().build();
 * Routing routing = new RoutingBuilder().validator("sotto", validator).entryPoints(addresses).build(host);
 * host.start().thenCompose(bound -> routing.join());
 * }</pre>
 *
 * <p>Everything has a default: a client of the product's own network, the standard limits, records in memory, no entry points,
 * nothing remembered, a thread of its own. Not thread-safe.
 */
public final class RoutingBuilder {
    private final Map<String, RecordValidator> validators = new HashMap<>();
    private final List<Multiaddr> entryPoints = new ArrayList<>();
    private String prefix = KadConstants.PREFIX;
    private Mode mode = Mode.CLIENT;
    private KadLimits limits = KadLimits.STANDARD;
    private SeenPeers seenPeers = SeenPeers.NONE;
    private RoutingMeter meter = RoutingMeter.NONE;
    private @Nullable RecordStore records;
    private @Nullable EventLoop loop;

    /** The network, {@code /sotto} unless told otherwise: the protocol is {@code prefix} and {@code /kad/1.0.0}. */
    public RoutingBuilder prefix(String prefix) {
        this.prefix = prefix;
        return this;
    }

    /** Whether to serve others. */
    public RoutingBuilder mode(Mode mode) {
        this.mode = mode;
        return this;
    }

    /** Serves others as long as they can reach this host, which it finds out by itself; else only asks. */
    public RoutingBuilder serveWhereReachable() {
        return mode(Mode.AUTO);
    }

    /** The rules of the records whose keys begin with {@code /namespace/}. */
    public RoutingBuilder validator(String namespace, RecordValidator validator) {
        validators.put(namespace, validator);
        return this;
    }

    /** Where a first peer may be met, with or without {@code /p2p}. */
    public RoutingBuilder entryPoints(List<Multiaddr> addresses) {
        entryPoints.addAll(addresses);
        return this;
    }

    /** Where the peers seen last survive a restart. */
    public RoutingBuilder seenPeers(SeenPeers seenPeers) {
        this.seenPeers = seenPeers;
        return this;
    }

    /** Where a server keeps the records of others, instead of in memory; closed with the routing. */
    public RoutingBuilder records(RecordStore records) {
        this.records = records;
        return this;
    }

    public RoutingBuilder limits(KadLimits limits) {
        this.limits = limits;
        return this;
    }

    /** Who counts what is asked, answered and refused, instead of nobody. */
    public RoutingBuilder meter(RoutingMeter meter) {
        this.meter = meter;
        return this;
    }

    /** The loop that owns the routing's state, instead of a thread of its own; borrowed. */
    public RoutingBuilder loop(EventLoop loop) {
        this.loop = loop;
        return this;
    }

    /** The table on {@code host}; of use once the host is started and the table joined. */
    public Routing build(Host host) {
        EventLoop owner = loop == null ? new EventLoopThread("sotto-routing") : loop;
        RecordStore store = records == null ? new MemoryRecordStore(Key.of(host.id()), limits.records()) : records;
        Kademlia routing = new Kademlia(
                host,
                new Kademlia.Config(
                        owner,
                        prefix,
                        mode,
                        entryPoints,
                        new Validators(validators),
                        new Kademlia.Persistent(store, seenPeers),
                        limits,
                        meter));
        if (loop == null) {
            routing.stopped().thenRun(owner::close);
        }
        return routing;
    }
}

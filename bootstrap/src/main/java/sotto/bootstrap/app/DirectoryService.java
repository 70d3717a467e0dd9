package sotto.bootstrap.app;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.RoutingBuilder;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.Routing;
import sotto.libp2p.kad.FileRecordStore;
import sotto.libp2p.kad.KadLimits;
import sotto.libp2p.kad.Kademlia;
import sotto.libp2p.kad.Key;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.directory.SealedRecordValidator;

/**
 * The directory that this node serves: the table on its host, the rules of its records, and where they lie. Made before the host
 * is started. Thread-safe.
 */
final class DirectoryService {
    /** At once, of what is allowed in a second: a program that starts asks much at first. */
    private static final int BURST_SECONDS = 4;
    /** Beside key and value, in memory and on disk. */
    private static final int RECORD_OVERHEAD_BYTES = 512;

    private final Routing routing;
    private final FileRecordStore records;

    private DirectoryService(Routing routing, FileRecordStore records) {
        this.routing = routing;
        this.records = records;
    }

    /** What it is made with; the loop is borrowed and owns its state. */
    record Surroundings(Host host, EventLoop loop, Crypto crypto, Tally tally) {}

    static DirectoryService on(Surroundings around, Home home, BootstrapConfig config) throws IOException {
        KadLimits limits = limits(config);
        FileRecordStore records =
                FileRecordStore.open(home.records(), Key.of(around.host().id()), limits.records());
        Routing routing = new RoutingBuilder()
                .mode(Kademlia.Mode.SERVER)
                .validator(SealedRecordValidator.NAMESPACE, new SealedRecordValidator(around.crypto()))
                .entryPoints(config.bootstrap())
                .seenPeers(new SeenPeersFile(home.seenPeers()))
                .records(records)
                .limits(limits)
                .meter(around.tally())
                .loop(around.loop())
                .build(around.host());
        return new DirectoryService(routing, records);
    }

    /** Finds the others, if there are any; who is the first has nobody to find, so failing is no fault. */
    void join() {
        routing.join();
    }

    /** Servers in the routing table. */
    int tableSize() {
        return routing.tableSize();
    }

    /** Records kept. */
    int recordCount() {
        return records.count();
    }

    /** Entries of the record file that could not be read at the start. */
    int corruptCount() {
        return records.corrupt();
    }

    CompletionStage<Void> stop() {
        return routing.stop();
    }

    private static KadLimits limits(BootstrapConfig config) {
        KadLimits standard = KadLimits.STANDARD;
        KadLimits.Records kept = standard.records();
        long fitting = ((long) config.records().mebibytesMax() << 20) / (kept.valueBytesMax() + RECORD_OVERHEAD_BYTES);
        KadLimits.Service service = standard.service();
        return standard.withRecords(new KadLimits.Records(
                        kept.valueBytesMax(),
                        kept.keyBytesMax(),
                        (int) Math.min(config.records().countMax(), fitting),
                        config.records().perPeerMax(),
                        kept.ageMax()))
                .withService(new KadLimits.Service(
                        service.messageBytesMax(),
                        service.streamsPerConnectionMax(),
                        service.waitingMax(),
                        rate(config.limits().requestsPerPeerPerSecond()),
                        rate(config.limits().requestsPerNetworkPerSecond())));
    }

    private static KadLimits.Rate rate(int perSecond) {
        return new KadLimits.Rate(perSecond, BURST_SECONDS * perSecond);
    }
}

package sotto.libp2p.kad;

import java.time.Duration;

/** Our choices: all that strangers may make the table hold, do or wait for, and how eagerly it keeps itself up. */
public record KadLimits(Table table, Lookups lookups, Records records, Service service, Upkeep upkeep) {
    public static final KadLimits STANDARD = new KadLimits(
            new Table(KadConstants.REPLICATION, 10, 2, Diversity.STANDARD),
            new Lookups(KadConstants.REPLICATION, 10, 3, 500, Duration.ofMillis(750), Duration.ofSeconds(30), 16),
            new Records(4_608, 96, 16_384, 4_096, Duration.ofDays(8)),
            new Service(16 * 1024, 32, 4_096, new Rate(100, 400), new Rate(400, 1_600)),
            new Upkeep(
                    Duration.ofSeconds(10),
                    Duration.ofHours(1),
                    Duration.ofMinutes(15),
                    KadConstants.REPLICATION_INTERVAL,
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(5)));

    public KadLimits withTable(Table changed) {
        return new KadLimits(changed, lookups, records, service, upkeep);
    }

    public KadLimits withRecords(Records changed) {
        return new KadLimits(table, lookups, changed, service, upkeep);
    }

    public KadLimits withService(Service changed) {
        return new KadLimits(table, lookups, records, changed, upkeep);
    }

    public KadLimits withUpkeep(Upkeep changed) {
        return new KadLimits(table, lookups, records, service, changed);
    }

    public KadLimits withDiversity(Diversity changed) {
        return withTable(new Table(table.bucketMax, table.replacementsMax, table.failuresMax, changed));
    }

    /**
     * The routing table.
     *
     * @param bucketMax peers in a bucket
     * @param replacementsMax peers that wait for a place in one
     * @param failuresMax failures in a row after which a peer loses its place even if nobody waits for it
     */
    public record Table(int bucketMax, int replacementsMax, int failuresMax, Diversity diversity) {}

    /**
     * A lookup.
     *
     * @param closestMax how many of the closest have to answer before it ends
     * @param parallelMax requests under way, all paths together
     * @param paths that share no peer that is asked
     * @param askedMax peers asked, whatever they say
     * @param patience for one answer; what comes later still counts while the lookup lasts
     * @param deadline for the whole
     * @param underWayMax lookups of this host at once; more wait for their turn
     */
    public record Lookups(
            int closestMax,
            int parallelMax,
            int paths,
            int askedMax,
            Duration patience,
            Duration deadline,
            int underWayMax) {}

    /**
     * What a server keeps.
     *
     * @param valueBytesMax of one record
     * @param keyBytesMax of any key
     * @param recordsMax in all; a record further from this host's own key goes for one that is closer
     * @param perPeerMax brought by one peer; both bounds hold for the announcements of providers too
     * @param ageMax a record may have, whatever its validator says
     */
    public record Records(int valueBytesMax, int keyBytesMax, int recordsMax, int perPeerMax, Duration ageMax) {}

    /**
     * What a server does.
     *
     * @param messageBytesMax of one message in either direction
     * @param streamsPerConnectionMax open at once
     * @param waitingMax requests taken and not yet answered, of all peers together
     * @param perPeer requests of one peer
     * @param perAddress requests from one IP address; loopback is exempt
     */
    public record Service(
            int messageBytesMax, int streamsPerConnectionMax, int waitingMax, Rate perPeer, Rate perAddress) {}

    /**
     * How often something may be done.
     *
     * @param perSecond in the long run
     * @param burst at once
     */
    public record Rate(int perSecond, int burst) {}

    /**
     * How the table keeps itself up.
     *
     * @param tick how often it looks for something to do
     * @param bucketRefresh a part of the table without a lookup for so long gets one
     * @param checkAfter a peer not heard of for so long is asked whether it lives
     * @param replication how often a server hands on a record of which no copy came in
     * @param save how often the peers seen last are saved
     * @param request for an answer to one request, its dial included
     */
    public record Upkeep(
            Duration tick,
            Duration bucketRefresh,
            Duration checkAfter,
            Duration replication,
            Duration save,
            Duration request) {}
}

package sotto.libp2p.kad;

import java.time.Duration;

/**
 * What a simulated world is like.
 *
 * @param nodes servers and clients together
 * @param clientShare of them behind NAT, in nobody's table
 * @param deadShare of the entries of all tables, at the beginning
 * @param limits that all nodes keep
 */
public record SimOptions(int nodes, long seed, double clientShare, double deadShare, SimLink link, KadLimits limits) {

    /** The world of the goals: 60 % clients, one entry in twenty dead. */
    public static SimOptions standard(int nodes, long seed) {
        return new SimOptions(nodes, seed, 0.6, 0.05, SimLink.STANDARD, KadLimits.STANDARD);
    }

    public SimOptions withDiversity(Diversity diversity) {
        return withLimits(limits.withDiversity(diversity));
    }

    public SimOptions withLimits(KadLimits changed) {
        return new SimOptions(nodes, seed, clientShare, deadShare, link, changed);
    }

    public SimOptions withLink(SimLink changed) {
        return new SimOptions(nodes, seed, clientShare, deadShare, changed, limits);
    }

    public SimOptions withDeadShare(double changed) {
        return new SimOptions(nodes, seed, clientShare, changed, link, limits);
    }

    /** Servers hand records on so often. */
    public SimOptions withReplication(Duration interval) {
        KadLimits.Upkeep each = limits.upkeep();
        return withLimits(limits.withUpkeep(new KadLimits.Upkeep(
                each.tick(), each.bucketRefresh(), each.checkAfter(), interval, each.save(), each.request())));
    }

    int servers() {
        return (int) Math.round(nodes * (1 - clientShare));
    }

    /**
     * How messages travel.
     *
     * @param medianMillis of a round trip; the times of pairs of nodes are log-normal
     * @param sigma of the logarithm: at 0.7 one pair in twenty takes more than three times the median
     * @param lossShare of the packets; TCP sends them again, so that they come late
     * @param silentShare of the requests that nobody ever answers, though the peer lives
     * @param refusalShare of the dead that say so at once; the others are waited for
     * @param trips what a request costs
     */
    public record SimLink(
            double medianMillis, double sigma, double lossShare, double silentShare, double refusalShare, Trips trips) {
        public static final SimLink STANDARD = new SimLink(100, 0.7, 0.01, 0.002, 0.3, Trips.STANDARD);

        public SimLink withTrips(Trips changed) {
            return new SimLink(medianMillis, sigma, lossShare, silentShare, refusalShare, changed);
        }
    }

    /**
     * Round trips.
     *
     * @param dial of a new connection: TCP, multistream-select, Noise with the multiplexer agreed on inside
     * @param stream of a new stream before its request can go out
     * @param idleMillis after which an unused connection is closed
     */
    public record Trips(int dial, int stream, long idleMillis) {
        /** Those of this product's host. */
        public static final Trips STANDARD = new Trips(3, 1, 120_000);

        /** As the literature counts: a request and its answer are one, and connections are there. */
        public static final Trips ONE = new Trips(0, 0, 120_000);
    }
}

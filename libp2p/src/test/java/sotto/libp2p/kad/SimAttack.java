package sotto.libp2p.kad;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.peer.PeerId;

/**
 * What somebody achieves who wants to hide one record: peers whose ids were made to be closer to its key than nearly all honest
 * ones, told to everybody before the record is put. They say that they keep it, do not, and name nobody but each other.
 *
 * @param sybils of them
 * @param networks /24s that they are spread over
 * @param puts of one record each, with sybils of its own
 * @param stored of them that any server has taken
 * @param copies that a get saw, mean
 */
public record SimAttack(
        int nodes,
        int sybils,
        int networks,
        int puts,
        int stored,
        int gets,
        int found,
        double copies,
        SimTimes getMillis) {

    /** Clients that put and get; the others would only sleep. */
    private static final int CLIENTS = 200;

    /** Of which the sybil takes one: then all of them stand where two of the honest do. */
    private static final int IDS_PER_SYBIL = 2_000;

    /**
     * The attack.
     *
     * @param share of sybils, of the number of nodes
     * @param silentShare of the sybils that never answer, so that others of their network are asked in their stead
     */
    public record Plan(double share, int networks, double silentShare, int puts, int getsPerPut) {}

    /** Attacks {@code plan.puts} records, one after the other. */
    public static SimAttack measured(SimOptions options, Plan plan) {
        SimWorld world = SimWorld.settled(options);
        world.keepClients(CLIENTS);
        int sybils = (int) Math.round(options.nodes() * plan.share);
        SimGrinder grinder = new SimGrinder(options.seed(), sybils * IDS_PER_SYBIL);
        Counts counts = new Counts();
        for (int i = 0; i < plan.puts; i++) {
            Bytes key = SimRecords.key(world.random());
            List<SimNode> gang = gang(world, plan, grinder.closest(Key.of(key), sybils));
            counts.attack(world, key, plan.getsPerPut);
            gang.forEach(world::expel);
        }
        int gets = plan.puts * plan.getsPerPut;
        return new SimAttack(
                options.nodes(),
                sybils,
                plan.networks,
                plan.puts,
                counts.stored,
                gets,
                counts.found,
                (double) counts.copies / gets,
                SimTimes.of(counts.millis));
    }

    public double foundShare() {
        return (double) found / gets;
    }

    private static List<SimNode> gang(SimWorld world, Plan plan, List<PeerId> ids) {
        SplittableRandom random = world.random();
        int firstNetwork = random.nextInt(1 << 15);
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            peers.add(SimAddresses.attacking(random, firstNetwork + i % plan.networks, ids.get(i)));
        }
        SimBehaviour behaviour = SimBehaviour.conspiring(peers, random.split());
        List<SimNode> gang = new ArrayList<>();
        for (Peer peer : peers) {
            SimNode node = world.bear(peer, true);
            node.behaviour = behaviour;
            node.isAlive = random.nextDouble() >= plan.silentShare;
            gang.add(node);
        }
        world.introduce(gang);
        return gang;
    }

    /** What became of it so far. */
    private static final class Counts {
        final List<Long> millis = new ArrayList<>();
        int stored;
        int found;
        long copies;

        void attack(SimWorld world, Bytes key, int gets) {
            world.result(world.anyClient()
                    .queries
                    .put(key, SimRecords.value(1), false)
                    .handle((outcome, failure) -> stored += failure == null ? 1 : 0));
            for (int i = 0; i < gets; i++) {
                long before = world.nowMillis();
                var answer = world.result(world.anyClient().queries.get(key));
                millis.add(world.nowMillis() - before);
                found += answer.value().isPresent() ? 1 : 0;
                copies += answer.copies();
            }
        }
    }
}

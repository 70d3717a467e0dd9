package sotto.libp2p.kad;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * What servers refuse while some peers put records at the servers of one key, as many as they can: by the rate of requests, by
 * the room for one peer, and by the room for all, where closer records drive out further ones.
 *
 * @param sent puts of those who flood
 * @param refused of them
 * @param largest number of records that one server keeps in the end
 * @param found gets of the record that was there before, afterwards
 */
public record SimFlood(int flooders, long sent, long refused, int largest, int gets, int found) {
    private static final int GETS = 200;
    private static final int MILLIS_BETWEEN = 5;

    /** Every one of {@code flooders} sends {@code puts} records to each of the twenty servers closest to a key. */
    public static SimFlood measured(SimOptions options, int flooders, int puts) {
        SimWorld world = SimWorld.settled(options);
        Bytes key = SimRecords.key(world.random());
        world.result(world.anyClient().queries.put(key, SimRecords.value(1), false));
        Key target = Key.of(key);
        List<SimNode> victims = world.servers().stream()
                .sorted((one, other) -> target.compareDistances(one.peer.key(), other.peer.key()))
                .limit(KadConstants.REPLICATION)
                .toList();
        victims.forEach(victim -> victim.behaviour = limited(options.limits().service()));
        long refusedBefore = world.refused();
        List<SimNode> attackers =
                IntStream.range(0, flooders).mapToObj(i -> world.anyClient()).toList();
        Bytes junk = SimRecords.value(1);
        for (int i = 0; i < puts; i++) {
            for (SimNode attacker : attackers) {
                Request put = new Request.PutValue(SimRecords.key(world.random()), junk, Instant.EPOCH);
                victims.forEach(victim -> attacker.ask(victim.peer, put));
            }
            world.queue().advance(MILLIS_BETWEEN);
        }
        world.queue().advance(options.limits().upkeep().request().toMillis());
        long refused = world.refused() - refusedBefore;
        int largest =
                victims.stream().mapToInt(victim -> victim.records.size()).max().orElse(0);
        int found = 0;
        for (int i = 0; i < GETS; i++) {
            var answer = world.result(world.anyClient().queries.get(key));
            found += answer.value().isPresent() ? 1 : 0;
        }
        return new SimFlood(flooders, (long) puts * flooders * victims.size(), refused, largest, GETS, found);
    }

    /** Honest, and as patient as the driver is with one peer. */
    private static SimBehaviour limited(KadLimits.Service limits) {
        Allowances<Peer> perPeer = new Allowances<>(limits.perPeer());
        return (node, request, from, now) -> {
            if (!perPeer.take(from, now.millis())) {
                throw new WireException("more requests than allowed");
            }
            return SimBehaviour.HONEST.answer(node, request, from, now);
        };
    }
}

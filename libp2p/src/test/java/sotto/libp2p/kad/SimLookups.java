package sotto.libp2p.kad;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;

/**
 * What lookups cost in a settled world, and what they find: records are put by some clients and got by others.
 *
 * @param found gets that brought the record back
 * @param closest gets that asked the server that was truly the closest
 * @param hops asked one after the other until the closest server was, mean
 * @param messages requests and answers of one get, mean
 * @param requests of one get, mean
 * @param copies of the record that a get saw, mean
 */
public record SimLookups(
        int nodes,
        int gets,
        int found,
        int closest,
        double hops,
        double messages,
        double requests,
        SimTimes getMillis,
        SimTimes putMillis,
        double copies) {

    /** Puts {@code puts} records into a settled world and gets {@code gets} times one of them. */
    public static SimLookups measured(SimOptions options, int puts, int gets) {
        return measured(SimWorld.settled(options), puts, gets);
    }

    static SimLookups measured(SimWorld world, int puts, int gets) {
        Tally tally = new Tally();
        List<Bytes> keys = new ArrayList<>();
        for (int i = 0; i < puts; i++) {
            keys.add(tally.put(world));
        }
        for (int i = 0; i < gets; i++) {
            tally.get(world, keys.get(i % puts));
        }
        return tally.result(world);
    }

    /** Of all gets, how many found what was there. */
    public double foundShare() {
        return (double) found / gets;
    }

    /** What has been measured so far. */
    static final class Tally {
        private final List<Long> getMillis = new ArrayList<>();
        private final List<Long> putMillis = new ArrayList<>();
        private int found;
        private int closest;
        private long hops;
        private long messages;
        private long requests;
        private long copies;

        Bytes put(SimWorld world) {
            Bytes key = SimRecords.key(world.random());
            long before = world.nowMillis();
            world.result(world.anyClient().queries.put(key, SimRecords.value(1), false));
            putMillis.add(world.nowMillis() - before);
            return key;
        }

        void get(SimWorld world, Bytes key) {
            SimNode reader = world.anyClient();
            SimTrace trace = new SimTrace(key);
            reader.trace = trace;
            long before = world.nowMillis();
            var answer = world.result(reader.queries.get(key));
            reader.trace = null;
            getMillis.add(world.nowMillis() - before);
            messages += trace.messages();
            requests += trace.requests();
            copies += answer.copies();
            found += answer.value().isPresent() ? 1 : 0;
            Optional<Integer> depth = trace.hopsIfAsked(world.closestTo(Key.of(key)));
            closest += depth.isPresent() ? 1 : 0;
            hops += trace.hopsToClosestAsked(Key.of(key));
        }

        SimLookups result(SimWorld world) {
            double gets = getMillis.size();
            return new SimLookups(
                    world.options().nodes(),
                    getMillis.size(),
                    found,
                    closest,
                    hops / gets,
                    messages / gets,
                    requests / gets,
                    SimTimes.of(getMillis),
                    SimTimes.of(putMillis),
                    copies / gets);
        }
    }
}

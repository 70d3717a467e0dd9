package sotto.libp2p.kad;

import java.util.ArrayList;
import java.util.List;
import sotto.libp2p.bytes.Bytes;

/**
 * What becomes of records while nodes come and go: put once, handed on by servers, republished by their owners after 22 hours,
 * give or take two, and got by somebody every hour.
 *
 * @param hours one after the other
 * @param left nodes that left, each replaced by another that knew and had nothing
 * @param deadShare of the entries of the servers' tables, at the end
 * @param tableSize of a server, mean, at the end
 */
public record SimDurability(
        int nodes, int records, List<Hour> hours, long left, double deadShare, double tableSize, Traffic traffic) {

    /**
     * What was found in one hour.
     *
     * @param got records that were asked for by somebody who stayed to hear the answer
     * @param found of them
     * @param copies that a get saw, mean
     */
    public record Hour(int got, int found, double copies, SimTimes getMillis) {}

    /** Bytes sent and received, in an hour by one node, mean. */
    public record Traffic(double perServerHour, double perClientHour) {}

    private static final long HOUR_MILLIS = 3_600_000;
    private static final long REPUBLISH_FROM_MILLIS = 20 * HOUR_MILLIS;
    private static final long REPUBLISH_TO_MILLIS = 24 * HOUR_MILLIS;
    private static final long READING_MILLIS = HOUR_MILLIS / 6;

    /** Hears of every hour that has passed. */
    public interface Progress {
        void onHour(int hour, Hour figures);
    }

    /** Lets a world live for {@code hours}; {@code clientShare} of its clients keep their tables up, the others sleep. */
    public static SimDurability measured(
            SimOptions options, int records, int hours, double clientShare, Progress progress) {
        SimWorld world = SimWorld.settled(options);
        world.live(clientShare);
        world.queue().advance(HOUR_MILLIS);
        List<Bytes> keys = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            Bytes key = SimRecords.key(world.random());
            keys.add(key);
            world.queue().schedule(world.random().nextLong(READING_MILLIS), () -> publish(world, key, 1));
        }
        world.queue().advance(READING_MILLIS);
        long serverBytes = world.serverBytes();
        long clientBytes = world.clientBytes();
        List<Hour> figures = new ArrayList<>();
        for (int hour = 1; hour <= hours; hour++) {
            world.queue().advance(HOUR_MILLIS - READING_MILLIS);
            Reading reading = new Reading(world, keys);
            world.queue().advance(READING_MILLIS);
            figures.add(reading.result());
            progress.onHour(hour, reading.result());
        }
        Traffic traffic = new Traffic(
                (double) (world.serverBytes() - serverBytes)
                        / hours
                        / world.servers().size(),
                (double) (world.clientBytes() - clientBytes)
                        / hours
                        / Math.max(1, world.clients().size()));
        return new SimDurability(
                options.nodes(), records, figures, world.left(), world.deadShare(), world.tableSize(), traffic);
    }

    /** At the end of the last hour, of all records. */
    public double survivingShare() {
        Hour last = hours.get(hours.size() - 1);
        return (double) last.found / last.got;
    }

    /** The owner puts a record, and puts it again in time: by whatever host it has then. */
    private static void publish(SimWorld world, Bytes key, int version) {
        world.anyJoinedClient().queries.put(key, SimRecords.value(version), false);
        long laterMillis = world.random().nextLong(REPUBLISH_FROM_MILLIS, REPUBLISH_TO_MILLIS);
        world.queue().schedule(laterMillis, () -> publish(world, key, version + 1));
    }

    /** One get of every record, spread over ten minutes but the last, in which all come to their end. */
    private static final class Reading {
        private final List<Long> millis = new ArrayList<>();
        private int got;
        private int found;
        private long copies;

        Reading(SimWorld world, List<Bytes> keys) {
            for (Bytes key : keys) {
                world.queue().schedule(world.random().nextLong(READING_MILLIS * 9 / 10), () -> read(world, key));
            }
        }

        private void read(SimWorld world, Bytes key) {
            long before = world.nowMillis();
            // A reader that leaves meanwhile hears nothing, and is not counted: what it wanted is not lost for that.
            world.anyJoinedClient().queries.get(key).whenComplete((answer, failure) -> {
                got++;
                if (failure == null) {
                    millis.add(world.nowMillis() - before);
                    found += answer.value().isPresent() ? 1 : 0;
                    copies += answer.copies();
                }
            });
        }

        Hour result() {
            return new Hour(got, found, (double) copies / Math.max(1, got), SimTimes.of(millis));
        }
    }
}

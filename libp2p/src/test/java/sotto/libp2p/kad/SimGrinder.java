package sotto.libp2p.kad;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.peer.PeerId;

/**
 * Somebody with many peer ids to choose from, as everybody can have them: takes those closest to a key. Made once for many keys.
 * Immutable.
 */
final class SimGrinder {
    private static final Key ORIGIN = Key.of(Bytes.EMPTY);

    private final long seed;
    /** The beginning of each id's key. */
    private final long[] keys;

    /** With {@code ids} to choose from. */
    SimGrinder(long seed, int ids) {
        this.seed = seed;
        this.keys = new long[ids];
        for (int i = 0; i < ids; i++) {
            keys[i] = beginning(Key.of(id(i)));
        }
    }

    /** The {@code count} ids closest to {@code target}, in no order. */
    List<PeerId> closest(Key target, int count) {
        long begins = beginning(target);
        long[] distances =
                LongStream.of(keys).map(key -> (key ^ begins) + Long.MIN_VALUE).toArray();
        Arrays.sort(distances);
        long furthest = distances[count - 1];
        return IntStream.range(0, keys.length)
                .filter(i -> (keys[i] ^ begins) + Long.MIN_VALUE <= furthest)
                .limit(count)
                .mapToObj(this::id)
                .toList();
    }

    private PeerId id(int index) {
        return Peers.id(new SplittableRandom((seed << 32) + index));
    }

    private static long beginning(Key key) {
        return ORIGIN.distanceTo(key).first();
    }
}

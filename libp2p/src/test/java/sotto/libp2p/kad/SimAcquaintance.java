package sotto.libp2p.kad;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import sotto.libp2p.bytes.Bytes;

/**
 * Fills routing tables as long acquaintance would: of each part of the space a table is told of servers at random, until it has
 * no room for more. The table itself decides whom it takes. Not thread-safe.
 */
final class SimAcquaintance {
    /** So many are introduced for a bucket's places, since some are turned away or wait. */
    private static final int INTRODUCED_PER_PLACE = 2;

    private static final long SEEN_WITHIN_MILLIS = 15 * 60_000L;
    private static final Key ORIGIN = Key.of(Bytes.EMPTY);

    private final List<Peer> sorted;
    private final SplittableRandom random;

    SimAcquaintance(List<SimNode> servers, SplittableRandom random) {
        // Sorted by distance to any one key, peers that share a prefix stand side by side.
        this.sorted = servers.stream()
                .map(node -> node.peer)
                .sorted((one, other) -> ORIGIN.compareDistances(one.key(), other.key()))
                .toList();
        this.random = random;
    }

    void introduceTo(SimNode node) {
        Key self = node.peer.key();
        int from = 0;
        int to = sorted.size();
        for (int bits = 0; to - from > 0 && bits < Key.BITS; bits++) {
            // Within the range all share so many bits with the node; those that share no more are its bucket.
            int split = split(from, to, bits);
            boolean isNodeLow = !bit(self, bits);
            int bucketFrom = isNodeLow ? split : from;
            int bucketTo = isNodeLow ? to : split;
            introduce(node, bucketFrom, bucketTo);
            from = isNodeLow ? from : split;
            to = isNodeLow ? split : to;
        }
    }

    private void introduce(SimNode node, int from, int to) {
        int wanted = Math.min(to - from, KadConstants.REPLICATION * INTRODUCED_PER_PLACE);
        int[] chosen = to - from <= wanted * 2
                ? shuffled(from, to)
                : random.ints(wanted, from, to).toArray();
        int introduced = 0;
        for (int at : chosen) {
            if (introduced++ < wanted) {
                node.table.onSeen(sorted.get(at), -random.nextLong(SEEN_WITHIN_MILLIS));
            }
        }
    }

    private int[] shuffled(int from, int to) {
        int[] all = IntStream.range(from, to).toArray();
        for (int i = all.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = all[i];
            all[i] = all[j];
            all[j] = kept;
        }
        return all;
    }

    /** The first in the range whose bit, seen from the key that the peers are sorted by, is one. */
    private int split(int from, int to, int bits) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bit(sorted.get(middle).key(), bits)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static boolean bit(Key key, int index) {
        Distance distance = ORIGIN.distanceTo(key);
        long word = index < 64
                ? distance.first()
                : index < 128 ? distance.second() : index < 192 ? distance.third() : distance.fourth();
        return ((word >>> (63 - (index & 63))) & 1) != 0;
    }
}

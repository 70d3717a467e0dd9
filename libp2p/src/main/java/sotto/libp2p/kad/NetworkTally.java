package sotto.libp2p.kad;

import java.util.Arrays;

/** Counts peers by their networks, up to a limit for each. To be cleared and used again. Not thread-safe. */
final class NetworkTally {
    private final Diversity diversity;
    private final int perNetworkMax;
    private long[] networks = new long[32];
    private int[] counts = new int[32];
    private int size;

    NetworkTally(Diversity diversity, int perNetworkMax) {
        this.diversity = diversity;
        this.perNetworkMax = perNetworkMax;
    }

    void clear() {
        size = 0;
    }

    /** Counts {@code peer}, unless one of its networks has been counted often enough. */
    boolean admits(Peer peer) {
        if (perNetworkMax == Integer.MAX_VALUE) {
            return true;
        }
        for (int i = 0; i < peer.networkCount(); i++) {
            int at = indexOf(peer.network(i));
            if (at >= 0 && counts[at] >= perNetworkMax) {
                return false;
            }
        }
        for (int i = 0; i < peer.networkCount(); i++) {
            if (diversity.counts(peer.network(i))) {
                count(peer.network(i));
            }
        }
        return true;
    }

    private void count(long network) {
        int at = indexOf(network);
        if (at >= 0) {
            counts[at]++;
            return;
        }
        if (size == networks.length) {
            networks = Arrays.copyOf(networks, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        networks[size] = network;
        counts[size++] = 1;
    }

    private int indexOf(long network) {
        for (int i = 0; i < size; i++) {
            if (networks[i] == network) {
                return i;
            }
        }
        return -1;
    }
}

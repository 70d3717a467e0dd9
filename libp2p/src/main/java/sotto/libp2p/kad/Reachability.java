package sotto.libp2p.kad;

import java.util.HashSet;
import java.util.Set;

/**
 * Whether others can dial this host, as far as can be told without asking them to try: somebody from outside did, or peers in
 * several networks see it come from the very address it listens at, so that nothing translates addresses in between. A wall that
 * lets nobody in is not noticed here; the others drop a server that they cannot reach. Once reachable, it stays so. Not thread-safe.
 */
final class Reachability {
    /** Observers of one network could be one liar. */
    private static final int OBSERVERS_MIN = 2;

    private final Set<Long> observers = new HashSet<>();
    private boolean isReachable;

    /** Somebody from outside connected to this host. */
    void onDialled() {
        isReachable = true;
    }

    /** A peer in {@code network} sees this host come from where it listens. */
    void onSeenWhereItListens(long network) {
        if (!isReachable) {
            observers.add(network);
            isReachable = observers.size() >= OBSERVERS_MIN;
        }
    }

    boolean isReachable() {
        return isReachable;
    }
}

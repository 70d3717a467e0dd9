package sotto.libp2p.kad;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;

/**
 * When which record is to be handed on to the closest servers: an interval after a copy last came in, give or take a quarter of
 * it. Whoever is the first to hand it on resets all others, so that one of the twenty does the work (Kademlia §2.5). As bounded as
 * the store whose keys it is told. Pure: time, in milliseconds of any one clock, and randomness are parameters. Not thread-safe.
 */
public final class Replication {
    private static final double JITTER = 0.25;

    private final long intervalMillis;
    private final Map<Bytes, Long> dueMillis = new HashMap<>();

    public Replication(Duration interval) {
        this.intervalMillis = interval.toMillis();
    }

    /** A copy of the record came in, or has just been handed on. */
    public void onCopy(Bytes key, long nowMillis, RandomGenerator random) {
        double factor = random.nextDouble(1 - JITTER, 1 + JITTER);
        dueMillis.put(key, nowMillis + (long) (intervalMillis * factor));
    }

    /** Up to {@code max} keys whose time has come; each is named once, until it is told of again. */
    public List<Bytes> takeDue(long nowMillis, int max) {
        List<Bytes> due = new ArrayList<>();
        for (Map.Entry<Bytes, Long> entry : dueMillis.entrySet()) {
            if (due.size() == max) {
                break;
            }
            if (entry.getValue() <= nowMillis) {
                due.add(entry.getKey());
            }
        }
        due.forEach(dueMillis::remove);
        return due;
    }

    /** Forgets all keys but {@code kept}. */
    public void retain(Set<Bytes> kept) {
        dueMillis.keySet().retainAll(kept);
    }
}

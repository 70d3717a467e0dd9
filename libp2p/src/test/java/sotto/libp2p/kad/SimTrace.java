package sotto.libp2p.kad;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sotto.libp2p.bytes.Bytes;

/** Watches one lookup from outside: whom it asked, and who told it of whom. Not thread-safe. */
final class SimTrace {
    private final Bytes key;
    private final Map<Peer, Integer> depths = new HashMap<>();
    private final Set<Peer> answered = new LinkedHashSet<>();
    private int requests;

    SimTrace(Bytes key) {
        this.key = key;
    }

    boolean isAbout(Request request) {
        return request.key().equals(key);
    }

    void onAsked(Peer peer) {
        requests++;
        depths.putIfAbsent(peer, 1);
    }

    void onAnswer(Peer from, List<Peer> closer) {
        answered.add(from);
        int depth = depths.getOrDefault(from, 1) + 1;
        closer.forEach(peer -> depths.putIfAbsent(peer, depth));
    }

    /** How many were asked one after the other until {@code peer} was, itself included; empty if it was not. */
    Optional<Integer> hopsIfAsked(Peer peer) {
        return answered.contains(peer) ? Optional.of(depths.getOrDefault(peer, 1)) : Optional.empty();
    }

    /** The same of whoever is the closest to {@code target} of those that answered; 0 if nobody did. */
    int hopsToClosestAsked(Key target) {
        return answered.stream()
                .min((one, other) -> target.compareDistances(one.key(), other.key()))
                .flatMap(this::hopsIfAsked)
                .orElse(0);
    }

    /** Requests and answers. */
    int messages() {
        return requests + answered.size();
    }

    int requests() {
        return requests;
    }
}

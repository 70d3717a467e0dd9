package sotto.libp2p.kad;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of the paths of a lookup: it knows only what the peers that it asked itself have told, so whoever lies on one path has no
 * say on the others (S/Kademlia §4.4). Not thread-safe.
 */
final class Path {
    /** Further ones than this are not looked at until nearer ones have failed, which so many never do. */
    private static final int KNOWN_MAX = 200;

    private final Key target;
    private final List<Candidate> known = new ArrayList<>();

    /** Requests of this path under way. */
    int asking;

    Path(Key target) {
        this.target = target;
    }

    /** Learns of {@code candidate}, unless it is further away than all that are worth knowing. */
    void learn(Candidate candidate) {
        int at = known.size();
        while (at > 0
                && target.compareDistances(
                                candidate.peer.key(), known.get(at - 1).peer.key())
                        < 0) {
            at--;
        }
        if (at > 0 && known.get(at - 1) == candidate) {
            return;
        }
        known.add(at, candidate);
        if (known.size() > KNOWN_MAX) {
            known.remove(known.size() - 1);
        }
    }

    /** The closest one not asked yet, if it is among the {@code closestMax} closest that may still answer. */
    Optional<Candidate> next(int closestMax, NetworkTally tally) {
        tally.clear();
        int seen = 0;
        for (int i = 0; i < known.size() && seen < closestMax; i++) {
            Candidate candidate = known.get(i);
            if (candidate.isHopeful() && tally.admits(candidate.peer)) {
                seen++;
                if (candidate.state == Candidate.State.NEW) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the {@code closestMax} closest that may still answer have all done so. Where there are not so many, and more are
     * late than have answered, it is this host that is slow: then the late ones are waited for.
     */
    boolean isFinished(int closestMax, NetworkTally tally) {
        tally.clear();
        int seen = 0;
        int late = 0;
        for (int i = 0; i < known.size() && seen < closestMax; i++) {
            Candidate candidate = known.get(i);
            late += candidate.state == Candidate.State.LATE ? 1 : 0;
            if (candidate.isHopeful() && tally.admits(candidate.peer)) {
                seen++;
                if (candidate.state != Candidate.State.ANSWERED) {
                    return false;
                }
            }
        }
        return seen == closestMax || late <= seen;
    }
}

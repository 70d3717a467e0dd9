package sotto.libp2p.kad;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sotto.libp2p.host.Routing.Coverage;
import sotto.libp2p.peer.PeerId;

/**
 * Finds the peers closest to a key by asking ever closer ones (Kademlia §2.3), on several paths that share no peer they ask.
 * It ends when on every path the closest that are alive have all answered, and never before because of what one of them said:
 * whoever wants to hide a record only has to answer first. Who is asked, and what the answers hold besides peers, is
 * somebody else's. Pure: the time, in milliseconds of any one clock, and the answers are parameters. Not thread-safe.
 *
 * <p>Life cycle: {@link #next} names peers to be asked until it names none; then wait for an answer, {@link #onSuccess} or
 * {@link #onFailure}, or for {@link #wakeMillis}, and begin again, until {@link #isFinished}.
 */
public final class Lookup {
    private final Key target;
    private final PeerId self;
    private final KadLimits.Lookups limits;
    private final NetworkTally tally;
    private final Map<PeerId, Candidate> candidates = new HashMap<>();
    private final List<Path> paths;
    private final long deadlineMillis;
    private int turn;
    private int asking;
    private int asked;
    private boolean isFinished;

    /** Begins with the peers {@code known}; {@code self} is never asked. */
    public Lookup(Search search, List<Peer> known, long nowMillis) {
        this.target = search.target;
        this.self = search.self;
        this.limits = search.limits;
        this.tally = new NetworkTally(search.diversity, search.diversity.perLookupMax());
        this.deadlineMillis = nowMillis + limits.deadline().toMillis();
        this.paths = IntStream.range(0, limits.paths())
                .mapToObj(i -> new Path(target))
                .toList();
        // Every path may begin with each of them; who comes first asks, so that they are dealt out among the paths.
        known.forEach(peer -> candidate(peer).ifPresent(each -> paths.forEach(path -> path.learn(each))));
    }

    /** What is looked for, by whom, and how. */
    public record Search(Key target, PeerId self, KadLimits.Lookups limits, Diversity diversity) {}

    public Key target() {
        return target;
    }

    /** The next peer to be asked, if one may be asked now. */
    public Optional<Peer> next(long nowMillis) {
        expire(nowMillis);
        if (isFinished || asking >= limits.parallelMax()) {
            return Optional.empty();
        }
        if (nowMillis >= deadlineMillis || asked >= limits.askedMax()) {
            isFinished = asking == 0 || nowMillis >= deadlineMillis;
            return Optional.empty();
        }
        int open = (int) paths.stream().filter(this::isOpen).count();
        isFinished = open == 0;
        // Paths that have ended leave their share to the others.
        int share = open == 0 ? 0 : (limits.parallelMax() + open - 1) / open;
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.get(turn++ % paths.size());
            Optional<Candidate> next = path.asking < share ? path.next(limits.closestMax(), tally) : Optional.empty();
            if (next.isPresent()) {
                return Optional.of(ask(next.get(), path, nowMillis));
            }
        }
        return Optional.empty();
    }

    /** {@code peer} answered, and named {@code closer} peers; only {@code closestMax} of them are listened to. */
    public void onSuccess(PeerId peer, List<Peer> closer) {
        Candidate candidate = candidates.get(peer);
        if (isFinished || candidate == null) {
            return;
        }
        Path path = candidate.askedBy;
        boolean isExpected = candidate.state == Candidate.State.ASKED || candidate.state == Candidate.State.LATE;
        if (path == null || !isExpected) {
            return;
        }
        settle(candidate, Candidate.State.ANSWERED);
        closer.stream()
                .limit(limits.closestMax())
                .flatMap(each -> candidate(each).stream())
                .forEach(path::learn);
    }

    /** {@code peer} cannot be reached, or answered something that is no answer. */
    public void onFailure(PeerId peer) {
        Candidate candidate = candidates.get(peer);
        if (candidate != null
                && (candidate.state == Candidate.State.ASKED || candidate.state == Candidate.State.LATE)) {
            settle(candidate, Candidate.State.FAILED);
        }
    }

    /** Whether it has ended; found out by {@link #next}. */
    public boolean isFinished() {
        return isFinished;
    }

    /** When {@link #next} has something to do even if no answer comes. */
    public long wakeMillis() {
        long wake = deadlineMillis;
        for (Candidate candidate : candidates.values()) {
            if (candidate.state == Candidate.State.ASKED) {
                wake = Math.min(wake, candidate.askedMillis + limits.patience().toMillis());
            }
        }
        return wake;
    }

    /** The closest of those that answered, the closest first. */
    public List<Peer> closest() {
        tally.clear();
        return sorted().filter(candidate -> candidate.state == Candidate.State.ANSWERED)
                .map(candidate -> candidate.peer)
                .filter(tally::admits)
                .limit(limits.closestMax())
                .toList();
    }

    /** Of the closest that were named to it, dead or alive, how many answered. */
    public Coverage coverage() {
        tally.clear();
        List<Candidate> closest = sorted().filter(candidate -> tally.admits(candidate.peer))
                .limit(limits.closestMax())
                .toList();
        long answered = closest.stream()
                .filter(candidate -> candidate.state == Candidate.State.ANSWERED)
                .count();
        return new Coverage(closest.size(), (int) answered);
    }

    /** How many peers were asked so far. */
    public int asked() {
        return asked;
    }

    private Stream<Candidate> sorted() {
        return candidates.values().stream()
                .sorted((one, other) -> target.compareDistances(one.peer.key(), other.peer.key()));
    }

    private boolean isOpen(Path path) {
        return !path.isFinished(limits.closestMax(), tally);
    }

    private Peer ask(Candidate candidate, Path path, long nowMillis) {
        candidate.state = Candidate.State.ASKED;
        candidate.askedBy = path;
        candidate.askedMillis = nowMillis;
        path.asking++;
        asking++;
        asked++;
        return candidate.peer;
    }

    /** Stops to wait for those who took too long. */
    private void expire(long nowMillis) {
        if (asking == 0) {
            return;
        }
        long since = nowMillis - limits.patience().toMillis();
        for (Candidate candidate : candidates.values()) {
            if (candidate.state == Candidate.State.ASKED && candidate.askedMillis <= since) {
                settle(candidate, Candidate.State.LATE);
            }
        }
    }

    private void settle(Candidate candidate, Candidate.State state) {
        Path path = candidate.askedBy;
        if (candidate.state == Candidate.State.ASKED && path != null) {
            path.asking--;
            asking--;
        }
        candidate.state = state;
    }

    private Optional<Candidate> candidate(Peer peer) {
        return peer.id().equals(self)
                ? Optional.empty()
                : Optional.of(candidates.computeIfAbsent(peer.id(), absent -> new Candidate(peer)));
    }
}

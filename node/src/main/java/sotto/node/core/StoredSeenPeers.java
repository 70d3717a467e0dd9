package sotto.node.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sotto.libp2p.host.PeerAddresses;
import sotto.libp2p.host.SeenPeers;

/**
 * Keeps the DHT's peers in the vault. What was kept is read once, on the node loop; saving goes back there. That is a commit, so
 * it is done where somebody came or left, and seldom: what is missed is how long ago some were seen.
 */
final class StoredSeenPeers implements SeenPeers {
    private static final Duration PAUSE = Duration.ofMinutes(15);

    private final Parts parts;
    private final List<SeenPeer> atStart;

    // Confined to the node loop, as the next two.
    private Set<PeerAddresses> kept;
    private Optional<Duration> savedAt = Optional.empty();
    private boolean isStopped;

    /** Read on the node loop. */
    StoredSeenPeers(Parts parts) {
        this.parts = parts;
        this.atStart = parts.store().read(EntryPoints::seen);
        this.kept = Set.copyOf(peers(atStart));
    }

    @Override
    public List<SeenPeer> load() {
        return atStart;
    }

    @Override
    public void save(List<SeenPeer> peers) {
        parts.loop().execute(() -> {
            Duration now = parts.loop().uptime();
            boolean isDue =
                    savedAt.filter(last -> now.minus(last).compareTo(PAUSE) < 0).isEmpty();
            Set<PeerAddresses> present = Set.copyOf(peers(peers));
            if (!isStopped && isDue && !present.isEmpty() && !present.equals(kept)) {
                kept = present;
                savedAt = Optional.of(now);
                parts.store().write(transaction -> EntryPoints.see(transaction, peers));
            }
        });
    }

    private static List<PeerAddresses> peers(List<SeenPeer> seen) {
        return seen.stream().map(SeenPeer::peer).distinct().toList();
    }

    /** The vault is about to close: what is saved from now on is lost. On the node loop. */
    void stop() {
        isStopped = true;
    }
}

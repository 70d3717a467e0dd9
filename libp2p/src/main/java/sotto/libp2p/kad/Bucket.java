package sotto.libp2p.kad;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.peer.PeerId;

/**
 * The peers that share a certain number of leading bits with this host's key, least recently seen first, and a few more that
 * wait for a place. Not thread-safe.
 */
final class Bucket {
    private final KadLimits.Table limits;
    private final List<Entry> entries = new ArrayList<>(4);
    private final List<Entry> replacements = new ArrayList<>(0);

    /** When a lookup went through this part of the table last; at first, never. */
    long refreshedMillis = Long.MIN_VALUE;

    /** When a peer was last asked whether it lives because others wait for its place; at first, never. */
    long contestedMillis = Long.MIN_VALUE;

    Bucket(KadLimits.Table limits) {
        this.limits = limits;
    }

    /** A peer in its place. */
    static final class Entry {
        Peer peer;
        long seenMillis;
        long checkedMillis;
        int failures;

        private Entry(Peer peer, long nowMillis) {
            this.peer = peer;
            this.seenMillis = nowMillis;
            this.checkedMillis = nowMillis;
        }
    }

    List<Entry> entries() {
        return entries;
    }

    boolean isFull() {
        return entries.size() >= limits.bucketMax();
    }

    boolean hasReplacements() {
        return !replacements.isEmpty();
    }

    /** Notes that {@code peer} lives; false if it has no place here. */
    boolean refresh(Peer peer, long nowMillis) {
        Entry entry = take(entries, peer.id());
        if (entry == null) {
            return false;
        }
        entry.peer = peer;
        entry.seenMillis = nowMillis;
        entry.checkedMillis = nowMillis;
        entry.failures = 0;
        entries.add(entry);
        return true;
    }

    void add(Peer peer, long nowMillis) {
        take(replacements, peer.id());
        entries.add(new Entry(peer, nowMillis));
    }

    /** Lets {@code peer} wait for a place, instead of the one that has waited longest. */
    void addReplacement(Peer peer, long nowMillis) {
        take(replacements, peer.id());
        if (replacements.size() >= limits.replacementsMax()) {
            replacements.remove(0);
        }
        replacements.add(new Entry(peer, nowMillis));
    }

    /**
     * Notes that {@code peer} did not answer. It loses its place if it has failed often enough, or once if others wait.
     *
     * @return whether its place is free now
     */
    boolean onFailure(PeerId peer, long nowMillis) {
        take(replacements, peer);
        Optional<Entry> found = find(peer);
        if (found.isEmpty()) {
            return false;
        }
        Entry entry = found.get();
        entry.failures++;
        entry.checkedMillis = nowMillis;
        boolean isOut = entry.failures >= limits.failuresMax() || hasReplacements();
        return isOut && entries.remove(entry);
    }

    void remove(PeerId peer) {
        take(replacements, peer);
        take(entries, peer);
    }

    Optional<Entry> find(PeerId peer) {
        return find(entries, peer);
    }

    /** {@code peer} as it was told of last, be it in its place or waiting for one. */
    Optional<Peer> peer(PeerId peer) {
        return find(entries, peer).or(() -> find(replacements, peer)).map(entry -> entry.peer);
    }

    /** Who came last to wait for a place, and waits no more. */
    Peer takeReplacement() {
        return replacements.remove(replacements.size() - 1).peer;
    }

    private static Optional<Entry> find(List<Entry> among, PeerId peer) {
        for (int i = 0; i < among.size(); i++) {
            if (among.get(i).peer.id().equals(peer)) {
                return Optional.of(among.get(i));
            }
        }
        return Optional.empty();
    }

    private static @Nullable Entry take(List<Entry> from, PeerId peer) {
        for (int i = 0; i < from.size(); i++) {
            if (from.get(i).peer.id().equals(peer)) {
                return from.remove(i);
            }
        }
        return null;
    }
}

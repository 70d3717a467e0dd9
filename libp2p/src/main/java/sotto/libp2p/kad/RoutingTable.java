package sotto.libp2p.kad;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.peer.PeerId;

/**
 * The servers that this host knows, many of those near its own key and a few of those further away (Kademlia §2.2). Only who has
 * answered a request, or proved its id and announced the protocol, may be told to it. A place once given is lost only by not
 * answering: who has been there longest is the likeliest to stay. Pure: the time, in milliseconds of any one clock, is a
 * parameter. Not thread-safe.
 */
public final class RoutingTable {
    /** Parts further down hold so few peers that the lookup of this host's own key finds them all. */
    private static final int REFRESHED_BUCKETS_MAX = 10;

    private static final Bytes ED25519_PEER = Bytes.ofHex("002408011220");
    private static final int ED25519_KEY_BYTES = 32;

    private final Key self;
    private final KadLimits.Table limits;
    private final List<Bucket> buckets = new ArrayList<>(8);

    public RoutingTable(Key self, KadLimits.Table limits) {
        this.self = self;
        this.limits = limits;
    }

    /** What became of a peer that was seen. */
    public enum Outcome {
        /** It has a place now. */
        ADDED,
        /** It had one before. */
        REFRESHED,
        /** There is none; it waits for somebody to fail. */
        WAITING,
        /** Its network has its share, or it is this host. */
        REFUSED
    }

    /** Notes that {@code peer}, whose first address is where it was met, lives at {@code nowMillis}. */
    public Outcome onSeen(Peer peer, long nowMillis) {
        if (peer.key().equals(self)) {
            return Outcome.REFUSED;
        }
        Bucket bucket = bucketOf(peer.key());
        Optional<Bucket.Entry> place = bucket.find(peer.id());
        if (place.isPresent()) {
            boolean hasMoved = place.get().peer.network() != peer.network();
            Peer kept = hasMoved && !isDiverse(bucket, peer) ? place.get().peer : peer;
            bucket.refresh(kept, nowMillis);
            return Outcome.REFRESHED;
        }
        if (!isDiverse(bucket, peer)) {
            return Outcome.REFUSED;
        }
        if (bucket.isFull()) {
            bucket.addReplacement(peer, nowMillis);
            return Outcome.WAITING;
        }
        bucket.add(peer, nowMillis);
        return Outcome.ADDED;
    }

    /** Notes that {@code peer} did not answer: it is told to nobody until it does, and may lose its place. */
    public void onFailure(PeerId peer, long nowMillis) {
        int index = indexOf(Key.of(peer));
        if (index >= buckets.size()) {
            return;
        }
        Bucket bucket = buckets.get(index);
        boolean isFree = bucket.onFailure(peer, nowMillis);
        while (isFree && bucket.hasReplacements()) {
            Peer next = bucket.takeReplacement();
            if (isDiverse(bucket, next)) {
                bucket.add(next, nowMillis);
                return;
            }
        }
    }

    /** Takes the place of {@code peer}: it is no server any more. */
    public void remove(PeerId peer) {
        int index = indexOf(Key.of(peer));
        if (index < buckets.size()) {
            buckets.get(index).remove(peer);
        }
    }

    /** The {@code count} peers closest to {@code target} of those that are believed to live, the closest first. */
    public List<Peer> closest(Key target, int count) {
        List<Peer> found = new ArrayList<>(count + limits.bucketMax());
        int shared = indexOf(target);
        // All peers of this bucket are closer to the target than those of any other; below it every bucket is as
        // far away as the next, in the bits that count; above it each one is further away than the one before.
        collect(shared, found);
        if (found.size() < count) {
            for (int i = shared + 1; i < buckets.size(); i++) {
                collect(i, found);
            }
        }
        for (int i = Math.min(shared, buckets.size()) - 1; i >= 0 && found.size() < count; i--) {
            collect(i, found);
        }
        found.sort((one, other) -> target.compareDistances(one.key(), other.key()));
        return found.size() > count ? List.copyOf(found.subList(0, count)) : found;
    }

    /**
     * Up to {@code max} peers that ought to be asked whether they live: not heard of for {@code quietMillis}, or the one
     * seen least recently where others wait for its place. Those are not named again for as long.
     */
    public List<Peer> toCheck(long nowMillis, long quietMillis, int max) {
        List<Peer> found = new ArrayList<>();
        for (Bucket bucket : buckets) {
            for (int i = 0; i < bucket.entries().size() && found.size() < max; i++) {
                Bucket.Entry entry = bucket.entries().get(i);
                boolean isContested =
                        i == 0 && bucket.hasReplacements() && bucket.contestedMillis <= nowMillis - quietMillis / 10;
                long patience = isContested || entry.failures > 0 ? quietMillis / 10 : quietMillis;
                if (nowMillis - entry.checkedMillis >= patience) {
                    bucket.contestedMillis = isContested ? nowMillis : bucket.contestedMillis;
                    entry.checkedMillis = nowMillis;
                    found.add(entry.peer);
                }
            }
        }
        return found;
    }

    /** Notes that a lookup of {@code target} went through the table. */
    public void onLookup(Key target, long nowMillis) {
        int index = indexOf(target);
        if (index < buckets.size()) {
            buckets.get(index).refreshedMillis = nowMillis;
        }
    }

    /** A part of the table that no lookup went through since {@code sinceMillis}, the one of the furthest peers first. */
    public OptionalInt bucketToRefresh(long sinceMillis) {
        for (int i = 0; i < Math.min(buckets.size(), REFRESHED_BUCKETS_MAX); i++) {
            if (buckets.get(i).refreshedMillis <= sinceMillis) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** A peer id that nobody has, whose key belongs into the bucket {@code index}. Takes about 2^(index + 1) hashes. */
    public PeerId refreshTarget(int index, RandomGenerator random) {
        byte[] key = new byte[ED25519_KEY_BYTES];
        while (true) {
            random.nextBytes(key);
            PeerId id = new PeerId(Bytes.concat(ED25519_PEER, Bytes.copyOf(key)));
            if (self.sharedPrefixBits(Key.of(id)) == index) {
                return id;
            }
        }
    }

    /** How many peers have a place. */
    public int size() {
        int size = 0;
        for (Bucket bucket : buckets) {
            size += bucket.entries().size();
        }
        return size;
    }

    /** Whether {@code peer} has a place. */
    public boolean contains(PeerId peer) {
        int index = indexOf(Key.of(peer));
        return index < buckets.size() && buckets.get(index).find(peer).isPresent();
    }

    /** {@code peer} as it was told of last, if it has a place or waits for one. */
    Optional<Peer> find(PeerId peer) {
        int index = indexOf(Key.of(peer));
        return index < buckets.size() ? buckets.get(index).peer(peer) : Optional.empty();
    }

    /** All peers that have a place, most recently seen first. */
    public List<Peer> peers() {
        Comparator<Bucket.Entry> recency = Comparator.comparingLong(entry -> -entry.seenMillis);
        return entries().sorted(recency).map(entry -> entry.peer).toList();
    }

    private Stream<Bucket.Entry> entries() {
        return buckets.stream().flatMap(bucket -> bucket.entries().stream());
    }

    private void collect(int index, List<Peer> into) {
        if (index < buckets.size()) {
            for (Bucket.Entry entry : buckets.get(index).entries()) {
                if (entry.failures == 0) {
                    into.add(entry.peer);
                }
            }
        }
    }

    private int indexOf(Key key) {
        return self.sharedPrefixBits(key);
    }

    private Bucket bucketOf(Key key) {
        int index = indexOf(key);
        while (buckets.size() <= index) {
            buckets.add(new Bucket(limits));
        }
        return buckets.get(index);
    }

    /** Whether another peer of the network of {@code peer} may have a place in {@code bucket}. */
    private boolean isDiverse(Bucket bucket, Peer peer) {
        Diversity diversity = limits.diversity();
        if (!diversity.counts(peer.network())) {
            return true;
        }
        if (count(bucket, peer) >= diversity.perBucketMax()) {
            return false;
        }
        int inTable = 0;
        for (Bucket each : buckets) {
            inTable += count(each, peer);
        }
        return inTable < diversity.perTableMax();
    }

    /** How many others in {@code bucket} are of the network of {@code peer}. */
    private static int count(Bucket bucket, Peer peer) {
        int count = 0;
        for (Bucket.Entry entry : bucket.entries()) {
            if (entry.peer.network() == peer.network() && !entry.peer.equals(peer)) {
                count++;
            }
        }
        return count;
    }
}

package sotto.libp2p.kad;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.peer.PeerId;

/**
 * Who said that it provides what, for a day (kad-dht specification, "Content routing"). Bounded in all, for each key and for each
 * provider; the announcements made longest ago go first. Pure: the time, in milliseconds of any one clock, is a parameter. Not
 * thread-safe.
 */
public final class ProviderStore {
    /** Providers of one key: as many as fit into an answer. */
    public static final int PER_KEY_MAX = KadConstants.REPLICATION;

    private final KadLimits.Records limits;
    private final long ageMillisMax;
    // In order of the last announcement of any provider.
    private final Map<Bytes, List<Announcement>> byKey = new LinkedHashMap<>();
    private final Map<PeerId, Integer> perProvider = new HashMap<>();
    private int count;

    public ProviderStore(KadLimits.Records limits, Duration ageMax) {
        this.limits = limits;
        this.ageMillisMax = ageMax.toMillis();
    }

    private record Announcement(Peer provider, long atMillis) {}

    /**
     * Notes that {@code provider} provides {@code key}.
     *
     * @return false if it has announced too much
     */
    public boolean add(Bytes key, Peer provider, long nowMillis) {
        List<Announcement> before = byKey.remove(key);
        List<Announcement> providers = before == null ? new ArrayList<>(1) : before;
        forget(providers, provider.id());
        boolean isWithinBounds = perProvider.getOrDefault(provider.id(), 0) < limits.perPeerMax();
        if (isWithinBounds) {
            if (providers.size() >= PER_KEY_MAX) {
                forget(providers, providers.get(0).provider.id());
            }
            providers.add(new Announcement(provider, nowMillis));
            perProvider.merge(provider.id(), 1, Integer::sum);
            count++;
        }
        if (!providers.isEmpty()) {
            byKey.put(key, providers);
        }
        if (count > limits.recordsMax()) {
            dropOldest();
        }
        return isWithinBounds;
    }

    /** The providers of {@code key}, who announced it last first. */
    public List<Peer> providers(Bytes key, long nowMillis) {
        List<Announcement> all = byKey.getOrDefault(key, List.of());
        List<Peer> found = new ArrayList<>(all.size());
        for (int i = all.size() - 1; i >= 0; i--) {
            if (!hasExpired(all.get(i), nowMillis)) {
                found.add(all.get(i).provider);
            }
        }
        return found;
    }

    public void removeExpired(long nowMillis) {
        byKey.values().forEach(providers -> {
            for (Announcement each : List.copyOf(providers)) {
                if (hasExpired(each, nowMillis)) {
                    forget(providers, each.provider.id());
                }
            }
        });
        byKey.values().removeIf(List::isEmpty);
    }

    /** How many keys have providers. */
    public int size() {
        return byKey.size();
    }

    private boolean hasExpired(Announcement announcement, long nowMillis) {
        return nowMillis - announcement.atMillis >= ageMillisMax;
    }

    private void dropOldest() {
        var oldest = byKey.entrySet().iterator().next();
        List<Announcement> providers = oldest.getValue();
        forget(providers, providers.get(0).provider.id());
        if (providers.isEmpty()) {
            byKey.remove(oldest.getKey());
        }
    }

    private void forget(List<Announcement> providers, PeerId provider) {
        if (providers.removeIf(each -> each.provider.id().equals(provider))) {
            count--;
            perProvider.computeIfPresent(provider, (same, count) -> count == 1 ? null : count - 1);
        }
    }
}

package sotto.libp2p.kad;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.EventLoop;

/**
 * Looks every few seconds for what is due: peers to be checked, parts of the table to be refreshed, records to be handed on or
 * dropped, peers to be saved. A little at a time, and only what {@link Work} then does costs anything. Confined to the
 * routing's loop.
 */
final class Upkeep {
    private static final int CHECKS_MAX = 4;
    private static final int REPLICATIONS_MAX = 8;
    private static final Duration REJOIN_AFTER_MAX = Duration.ofMinutes(2);

    private final EventLoop loop;
    private final KadLimits.Upkeep limits;
    private final Server.Parts parts;
    private final Work work;
    private EventLoop.@Nullable Timer timer;
    private long savedMillis;
    private int replicating;
    private boolean isRejoining;
    private long rejoinMillis;
    private long rejoinAfterMillis;

    Upkeep(EventLoop loop, Server.Parts parts, Work work) {
        this.loop = loop;
        this.limits = parts.limits().upkeep();
        this.parts = parts;
        this.work = work;
        this.rejoinAfterMillis = limits.tick().toMillis();
    }

    /** What there may be to do. */
    interface Work {
        /** The table is empty: find the way back into the network. */
        void rejoin();

        void check(Peer peer);

        void refresh(Bytes target);

        /** Hands the record of {@code key} on; completes or fails then. */
        CompletionStage<Void> replicate(Bytes key);

        void save();
    }

    void start() {
        long jitter = loop.random().nextLong(limits.tick().toMillis() / 2 + 1);
        timer = loop.schedule(limits.tick().minus(Duration.ofMillis(jitter)), this::tick);
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
        }
        work.save();
    }

    private void tick() {
        // First, so that whatever throws below costs this round and not all that would follow.
        start();
        long now = loop.uptime().toMillis();
        RoutingTable table = parts.peers().table();
        if (table.size() == 0) {
            rejoin(now);
        } else {
            table.toCheck(now, limits.checkAfter().toMillis(), CHECKS_MAX).forEach(work::check);
            table.bucketToRefresh(now - limits.bucketRefresh().toMillis())
                    .ifPresent(index -> work.refresh(
                            table.refreshTarget(index, loop.random()).multihash()));
            replicate(now);
        }
        dropExpired(now);
        if (now - savedMillis >= limits.save().toMillis()) {
            savedMillis = now;
            work.save();
        }
    }

    /** Knowing nobody, it tries again and again, each time later than before. */
    private void rejoin(long now) {
        if (!isRejoining && now >= rejoinMillis) {
            isRejoining = true;
            work.rejoin();
        }
    }

    void onRejoined(boolean hasFound) {
        isRejoining = false;
        rejoinAfterMillis =
                hasFound ? limits.tick().toMillis() : Math.min(2 * rejoinAfterMillis, REJOIN_AFTER_MAX.toMillis());
        rejoinMillis = loop.uptime().toMillis() + rejoinAfterMillis;
    }

    private void replicate(long now) {
        Replication replication = parts.records().replication();
        for (Bytes key : replication.takeDue(now, REPLICATIONS_MAX - replicating)) {
            replicating++;
            work.replicate(key).whenComplete((done, failure) -> {
                replicating--;
                if (failure != null) {
                    replication.onCopy(key, loop.uptime().toMillis(), loop.random());
                }
            });
        }
    }

    private void dropExpired(long now) {
        Server.Records records = parts.records();
        records.store().removeExpired(loop.clock().instant());
        records.providers().removeExpired(now);
        records.replication().retain(Set.copyOf(records.store().keys()));
    }
}

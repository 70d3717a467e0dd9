package sotto.node.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.host.PeerAddresses;
import sotto.libp2p.host.Routing;
import sotto.libp2p.host.SeenPeers.SeenPeer;
import sotto.libp2p.runtime.EventLoop;

/** Our way into the DHT: joins it, again and again until somebody answers. Confined to the node loop. */
final class Membership {
    private static final Duration RETRY_MIN = Duration.ofSeconds(2);
    private static final Duration RETRY_MAX = Duration.ofMinutes(5);

    private final EventLoop loop;
    private final Exchanges exchanges;
    private final Routing routing;

    // Completes when a server has answered for the first time.
    private final CompletableFuture<Boolean> joined = new CompletableFuture<>();
    private Optional<EventLoop.Timer> timer = Optional.empty();
    private Duration retry = RETRY_MIN;
    private boolean wasInVain;
    private boolean isStopped;

    Membership(EventLoop loop, Exchanges exchanges, Routing routing) {
        this.loop = loop;
        this.exchanges = exchanges;
        this.routing = routing;
    }

    /** {@code onJoined} runs once others can be asked. */
    void start(Runnable onJoined) {
        CompletionStage<Boolean> entry = joined;
        entry.thenRun(onJoined);
        join();
    }

    private void join() {
        exchanges.onLoop(routing.join()).whenComplete((servers, failure) -> {
            if (!isLetIn(servers, failure) && !isStopped && !isJoined()) {
                wasInVain = true;
                timer = Optional.of(loop.schedule(jittered(), this::join));
                retry = retry.multipliedBy(2).compareTo(RETRY_MAX) > 0 ? RETRY_MAX : retry.multipliedBy(2);
            }
        });
    }

    /** Joins by way of {@code entry}, which somebody has named; completes with whether that has let us in. */
    CompletionStage<Boolean> joinBy(PeerAddresses entry) {
        return exchanges.onLoop(routing.join(entry)).handle(this::isLetIn);
    }

    private boolean isLetIn(Integer servers, Throwable failure) {
        boolean isIn = failure == null && servers > 0 && !isStopped;
        if (isIn && !isJoined()) {
            timer.ifPresent(EventLoop.Timer::cancel);
            joined.complete(true);
        }
        return isIn;
    }

    void stop() {
        isStopped = true;
        timer.ifPresent(EventLoop.Timer::cancel);
    }

    /** True once a server has answered. */
    boolean isJoined() {
        return joined.isDone();
    }

    /** True where none of the ways that are known here has led in so far. */
    boolean isOutside() {
        return wasInVain && !isJoined();
    }

    /** Completes with whether a server has answered, as soon as one has or {@code patience} is over. */
    CompletionStage<Boolean> joinedWithin(Duration patience) {
        CompletableFuture<Boolean> outcome = joined.copy();
        EventLoop.Timer end = loop.schedule(patience, () -> outcome.complete(false));
        return outcome.whenComplete((isIn, failure) -> end.cancel());
    }

    int servers() {
        return routing.tableSize();
    }

    /** The servers that answered last, the latest first. */
    CompletionStage<List<SeenPeer>> seen() {
        return exchanges.onLoop(routing.seenPeers());
    }

    private Duration jittered() {
        return Duration.ofMillis(retry.toMillis() / 2 + loop.random().nextLong(retry.toMillis() / 2 + 1));
    }
}

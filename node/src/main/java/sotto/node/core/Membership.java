package sotto.node.core;

import java.time.Duration;
import java.util.Optional;
import sotto.libp2p.host.Routing;
import sotto.libp2p.runtime.EventLoop;

/** Our way into the DHT: joins it, again and again until somebody answers. Confined to the node loop. */
final class Membership {
    private static final Duration RETRY_MIN = Duration.ofSeconds(2);
    private static final Duration RETRY_MAX = Duration.ofMinutes(5);

    private final EventLoop loop;
    private final Exchanges exchanges;
    private final Routing routing;
    private final Runnable onJoined;
    private Optional<EventLoop.Timer> timer = Optional.empty();
    private Duration retry = RETRY_MIN;
    private boolean isJoined;
    private boolean isStopped;

    /** {@code onJoined} runs once others can be asked. */
    Membership(EventLoop loop, Exchanges exchanges, Routing routing, Runnable onJoined) {
        this.loop = loop;
        this.exchanges = exchanges;
        this.routing = routing;
        this.onJoined = onJoined;
    }

    void start() {
        exchanges.onLoop(routing.join()).whenComplete((servers, failure) -> {
            if (isStopped) {
                return;
            }
            if (failure == null && servers > 0) {
                isJoined = true;
                onJoined.run();
            } else {
                timer = Optional.of(loop.schedule(jittered(), this::start));
                retry = retry.multipliedBy(2).compareTo(RETRY_MAX) > 0 ? RETRY_MAX : retry.multipliedBy(2);
            }
        });
    }

    void stop() {
        isStopped = true;
        timer.ifPresent(EventLoop.Timer::cancel);
    }

    /** True once a server has answered. */
    boolean isJoined() {
        return isJoined;
    }

    int servers() {
        return routing.tableSize();
    }

    private Duration jittered() {
        return Duration.ofMillis(retry.toMillis() / 2 + loop.random().nextLong(retry.toMillis() / 2 + 1));
    }
}

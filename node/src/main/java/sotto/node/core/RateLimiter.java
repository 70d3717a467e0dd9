package sotto.node.core;

import java.time.Duration;
import sotto.libp2p.host.Connection;
import sotto.libp2p.peer.IpNetwork;
import sotto.libp2p.runtime.EventLoop;

/**
 * Bounds what strangers may make us do: a token bucket for each IP address, or network of IPv6, so that one who floods is alone
 * in being refused, and one for all together, so that many cannot either. Confined to the node loop.
 */
final class RateLimiter {
    private final EventLoop loop;
    private final TokenBuckets addresses;
    private final TokenBucket all;

    RateLimiter(EventLoop loop, Rate perAddress, Rate all) {
        this.loop = loop;
        this.addresses = new TokenBuckets(perAddress);
        this.all = new TokenBucket(all, loop.uptime());
    }

    /** True if one more from the other end of {@code connection} may pass now. */
    boolean tryNext(Connection connection) {
        Duration now = loop.uptime();
        String address = connection
                .remoteAddress()
                .ip()
                .map(ip -> IpNetwork.of(ip).prefix().hex())
                .orElse("");
        return addresses.tryNext(address, now) && all.tryNext(now);
    }
}

package sotto.node.core;

import java.time.Duration;
import java.util.Optional;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoop;

/**
 * Bounds what others may make us dial. Every address comes from somebody, in a code, a record or a profile, and may be that of a
 * bystander: so each address, each one who names some, and all together have a token bucket that outlives the reasons to dial.
 * Only whoever is met at an address makes its bucket full again. Confined to the node loop.
 */
final class DialBudget {
    private final EventLoop loop;
    private final TokenBuckets addresses;
    private final TokenBuckets sources;
    private final TokenBucket all;

    /**
     * How often is dialled.
     *
     * @param perAddress one address, whoever named it
     * @param perSource all addresses that one contact, or one code, named
     * @param all every address
     */
    record Rates(Rate perAddress, Rate perSource, Rate all) {}

    DialBudget(EventLoop loop, Rates rates) {
        this.loop = loop;
        this.addresses = new TokenBuckets(rates.perAddress());
        this.sources = new TokenBuckets(rates.perSource());
        this.all = new TokenBucket(rates.all(), loop.uptime());
    }

    /**
     * Where an address leads, however it is spelled: the host and port, without a peer. Empty for what is no host and port that
     * this machine could dial.
     */
    static Optional<Multiaddr> place(Multiaddr address) {
        return address.tcpSocket().map(Multiaddr::of);
    }

    /** True if {@code address}, which {@code source} named, may be dialled now. */
    boolean tryDial(String source, Multiaddr address) {
        Duration now = loop.uptime();
        return sources.tryNext(source, now) && addresses.tryNext(key(address), now) && all.tryNext(now);
    }

    /** The one who was looked for is at {@code address}: nobody else is bothered there. */
    void met(Multiaddr address) {
        addresses.refill(key(address));
    }

    private static String key(Multiaddr address) {
        return place(address).orElse(address).toString();
    }
}

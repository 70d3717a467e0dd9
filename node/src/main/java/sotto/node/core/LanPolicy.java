package sotto.node.core;

import java.util.concurrent.atomic.AtomicLong;
import sotto.libp2p.host.AddressPolicy;
import sotto.libp2p.peer.Multiaddr;

/** Anywhere, or only addresses of this machine and the networks it is in; counts what it refused. Thread-safe. */
final class LanPolicy implements AddressPolicy {
    private final boolean isLanOnly;

    // Counted up by whichever thread dials; read by the node loop.
    private final AtomicLong refused = new AtomicLong();

    LanPolicy(boolean isLanOnly) {
        this.isLanOnly = isLanOnly;
    }

    @Override
    public boolean allows(Multiaddr address) {
        boolean isAllowed = !isLanOnly || address.isLoopback() || address.isPrivate();
        if (!isAllowed) {
            refused.incrementAndGet();
        }
        return isAllowed;
    }

    long refused() {
        return refused.get();
    }
}

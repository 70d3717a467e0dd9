package sotto.libp2p.swarm;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sotto.libp2p.peer.IpNetwork;

/**
 * A number of connections that one IP address may have at once, or one network of IPv6; loopback has no limit of its own.
 * Remembers only addresses that have one, so it is as bounded as the connections. Thread-safe.
 */
final class AddressBudget {
    private final int max;
    private final Map<IpNetwork, Integer> taken = new ConcurrentHashMap<>();

    AddressBudget(int max) {
        this.max = max;
    }

    boolean take(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return true;
        }
        if (taken.merge(IpNetwork.of(address), 1, Integer::sum) <= max) {
            return true;
        }
        giveBack(address);
        return false;
    }

    void giveBack(InetAddress address) {
        if (!address.isLoopbackAddress()) {
            taken.computeIfPresent(IpNetwork.of(address), (same, count) -> count == 1 ? null : count - 1);
        }
    }
}

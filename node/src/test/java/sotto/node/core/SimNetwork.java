package sotto.node.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualLoop;

/** The network between simulated hosts: delays everything, cuts connections, and can be torn. One thread, one virtual clock. */
final class SimNetwork {
    private static final int DELAY_MILLIS_MAX = 80;

    private final RandomGenerator random;
    private final Map<Multiaddr, SimHost> hosts = new HashMap<>();
    private final Set<SimConnection> connections = new HashSet<>();
    private final Map<Multiaddr, Integer> dials = new HashMap<>();
    private boolean isTorn;
    private int nextPort = 1;
    private Duration listenDelay = Duration.ZERO;

    SimNetwork(RandomGenerator random) {
        this.random = random;
    }

    /** An address that nobody listens on. */
    Multiaddr freeAddress() {
        try {
            return Multiaddr.parse("/ip4/10.0.0.1/tcp/" + nextPort++);
        } catch (WireException impossible) {
            throw new AssertionError(impossible);
        }
    }

    void listen(Multiaddr address, SimHost host) {
        hosts.put(address, host);
    }

    /** How long hosts take from now on until they listen. */
    void setListenDelay(Duration delay) {
        listenDelay = delay;
    }

    Duration listenDelay() {
        return listenDelay;
    }

    void silence(Multiaddr address) {
        hosts.remove(address);
    }

    /** How often somebody dialled an address. */
    int dials(Multiaddr address) {
        return dials.getOrDefault(address, 0);
    }

    void dialled(Multiaddr address) {
        dials.merge(address, 1, Integer::sum);
    }

    Optional<SimHost> at(Multiaddr address) {
        return isTorn ? Optional.empty() : Optional.ofNullable(hosts.get(address));
    }

    Duration delay() {
        return Duration.ofMillis(1 + random.nextInt(DELAY_MILLIS_MAX));
    }

    Bytes fresh(int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        random.nextBytes(bytes);
        return Bytes.owning(bytes);
    }

    void opened(SimConnection connection) {
        connections.add(connection);
    }

    void closed(SimConnection connection) {
        connections.remove(connection);
    }

    /** Cuts every connection; what is on its way is lost. */
    void cutAll() {
        List<SimConnection> cut = new ArrayList<>(connections);
        cut.forEach(SimConnection::cut);
    }

    /** Cuts every connection, and lets no new one come up until it is mended. */
    void tear() {
        isTorn = true;
        cutAll();
    }

    void mend() {
        isTorn = false;
    }

    /** Runs {@code task} on {@code loop} once a message would have arrived there. */
    void later(VirtualLoop loop, Duration delay, Runnable task) {
        loop.schedule(delay, task);
    }
}

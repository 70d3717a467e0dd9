package sotto.libp2p.host;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualTime;

/** A network of hosts in memory: everything takes a while of virtual time, nothing is lost. One thread, one seed. */
public final class MemoryNetwork {
    private static final int DELAY_MILLIS_MAX = 80;
    private static final int PORT = 4001;

    private final VirtualTime time;
    private final RandomGenerator random;
    private final Map<Multiaddr, MemoryHost> hosts = new HashMap<>();
    private int made;

    public MemoryNetwork(VirtualTime time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    public VirtualTime time() {
        return time;
    }

    /** A host in a /16 of its own. */
    public MemoryHost newHost() {
        made++;
        return newHost("20." + made / 250 + "." + made % 250 + ".1");
    }

    /** A host at the IPv4 address {@code ip}. */
    public MemoryHost newHost(String ip) {
        Multiaddr address = address(ip);
        return newHost(address, address);
    }

    /** A host that others see at {@code ip}, where nobody can dial it. */
    public MemoryHost newHostBehindNat(String ip) {
        return newHost(address("192.168.0.2"), address(ip));
    }

    /** A new host at the address of one that has ended. */
    public MemoryHost reborn(MemoryHost ended) {
        return newHost(ended.from(), ended.from());
    }

    private MemoryHost newHost(Multiaddr address, Multiaddr seenAs) {
        return new MemoryHost(this, time.newLoop("host " + made++), address, seenAs);
    }

    private Multiaddr address(String ip) {
        try {
            return Multiaddr.parse("/ip4/" + ip + "/tcp/" + (PORT + made++));
        } catch (WireException impossible) {
            throw new AssertionError(impossible);
        }
    }

    Bytes fresh(int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        random.nextBytes(bytes);
        return Bytes.owning(bytes);
    }

    Duration delay() {
        return Duration.ofMillis(1 + random.nextInt(DELAY_MILLIS_MAX));
    }

    void listen(Multiaddr address, MemoryHost host) {
        hosts.put(address, host);
    }

    void silence(Multiaddr address) {
        hosts.remove(address);
    }

    Optional<MemoryHost> at(Multiaddr address) {
        return Optional.ofNullable(hosts.get(address));
    }
}

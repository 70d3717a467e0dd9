package sotto.libp2p;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.Ed25519KeyPair;
import sotto.libp2p.host.AddressPolicy;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.HostMeter;
import sotto.libp2p.host.Limits;
import sotto.libp2p.identify.Identify;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.ping.Ping;
import sotto.libp2p.runtime.Entropy;
import sotto.libp2p.swarm.Swarm;
import sotto.libp2p.transport.Interfaces;
import sotto.libp2p.transport.Loops;

/**
 * Puts a host together: TCP, Noise, Yamux, identify and ping. Everything has a default: a fresh host key, all interfaces and
 * a free port, the standard limits, the fastest cryptography of this machine. Not thread-safe.
 */
public final class HostBuilder {
    private Crypto crypto = CryptoChoice.fastest();
    private RandomGenerator random = Entropy.secure();
    private AddressPolicy policy = AddressPolicy.ANYWHERE;
    private Limits limits = Limits.STANDARD;
    private HostMeter meter = HostMeter.NONE;
    private @Nullable Ed25519KeyPair hostKey;
    private @Nullable List<Multiaddr> listen;

    /** The key by which other hosts know this one, instead of a fresh one; lent for the call of {@link #build}. */
    public HostBuilder hostKey(Ed25519KeyPair hostKey) {
        this.hostKey = hostKey;
        return this;
    }

    /** Where to listen, instead of everywhere; nowhere if {@code addresses} are none. Port 0 is a free one. */
    public HostBuilder listen(List<Multiaddr> addresses) {
        this.listen = List.copyOf(addresses);
        return this;
    }

    /** Where sockets may be made, instead of anywhere. */
    public HostBuilder addressPolicy(AddressPolicy policy) {
        this.policy = policy;
        return this;
    }

    public HostBuilder limits(Limits limits) {
        this.limits = limits;
        return this;
    }

    public HostBuilder crypto(Crypto crypto) {
        this.crypto = crypto;
        return this;
    }

    public HostBuilder random(RandomGenerator random) {
        this.random = random;
        return this;
    }

    /** Who counts what the host carries and refuses, instead of nobody. */
    public HostBuilder meter(HostMeter meter) {
        this.meter = meter;
        return this;
    }

    /** A host that does nothing until it is started; its threads run from now on. */
    public Host build() {
        boolean isKeyOurs = hostKey == null;
        Ed25519KeyPair key = hostKey == null ? crypto.generateEd25519(random) : hostKey;
        Loops loops = Loops.fastest(random);
        Swarm swarm = new Swarm(new Swarm.Config(crypto, random, key, policy, limits, loops, meter));
        if (isKeyOurs) {
            // It has signed the Noise key; nothing else is ever signed with it.
            key.close();
        }
        serveIdentify(
                swarm,
                new Identify(
                        key.publicKey(),
                        new DescribedSwarm(swarm),
                        loops.any(),
                        limits.timeouts().exchange()));
        Ping ping = new Ping(loops.any(), limits.timeouts());
        swarm.handle(Ping.PING, ping::answer);
        swarm.addListener(ping);
        List<Multiaddr> addresses = listen == null ? everywhere() : listen;
        return new ComposedHost(
                new ComposedHost.Parts(PeerId.of(key.publicKey()), crypto.cipherName(), addresses, loops, swarm, ping));
    }

    private static void serveIdentify(Swarm swarm, Identify identify) {
        swarm.handle(Identify.IDENTIFY, Identify.STREAMS_MAX, identify::tell);
        swarm.handle(Identify.PUSH, Identify.STREAMS_MAX, identify::listen);
        swarm.announceBy(identify::push);
        swarm.addListener(identify);
    }

    private static List<Multiaddr> everywhere() {
        Multiaddr ip4 = Multiaddr.of(new InetSocketAddress("0.0.0.0", 0));
        Multiaddr ip6 = Multiaddr.of(new InetSocketAddress("::", 0));
        return Interfaces.haveIp6() ? List.of(ip4, ip6) : List.of(ip4);
    }
}

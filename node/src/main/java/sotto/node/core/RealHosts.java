package sotto.node.core;

import java.time.Duration;
import sotto.libp2p.HostBuilder;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.Limits;

/** Hosts on real sockets. */
record RealHosts(Crypto crypto) implements Surroundings.Hosts {
    /** When to dial again is for the node to say, which knows whether somebody waits; the host only keeps it from spinning. */
    private static final Limits LIMITS = Limits.STANDARD.withTimeouts(
            Limits.STANDARD.timeouts().withBackoff(new Limits.Backoff(Duration.ofMillis(500), Duration.ofSeconds(1))));

    @Override
    public Host make(NodeConfig config, LanPolicy policy) {
        HostBuilder builder =
                new HostBuilder().crypto(crypto).addressPolicy(policy).limits(LIMITS);
        if (!config.listen().isEmpty()) {
            builder.listen(config.listen());
        } else if (config.isLanOnly()) {
            builder.listen(LanAddresses.ofThisMachine());
        }
        return builder.build();
    }
}

package sotto.node.core;

import java.time.Duration;
import sotto.libp2p.HostBuilder;
import sotto.libp2p.RoutingBuilder;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.Limits;
import sotto.libp2p.host.Routing;
import sotto.node.directory.SealedRecordValidator;

/** Hosts on real sockets. */
record RealHosts(Crypto crypto) implements Surroundings.Hosts {
    /** When to dial again is for the node to say, which knows whether somebody waits; the host only keeps it from spinning. */
    private static final Limits LIMITS = Limits.STANDARD.withTimeouts(
            Limits.STANDARD.timeouts().withBackoff(new Limits.Backoff(Duration.ofMillis(500), Duration.ofSeconds(1))));

    @Override
    public Endpoint make(NodeConfig config, LanPolicy policy, Surroundings.WaysIn ways) {
        HostBuilder builder =
                new HostBuilder().crypto(crypto).addressPolicy(policy).limits(LIMITS);
        if (!config.listen().isEmpty()) {
            builder.listen(config.listen());
        } else if (config.isLanOnly()) {
            builder.listen(LanAddresses.ofThisMachine());
        }
        Host host = builder.build();
        Routing routing = new RoutingBuilder()
                .validator(SealedRecordValidator.NAMESPACE, new SealedRecordValidator(crypto))
                .serveWhereReachable()
                .entryPoints(ways.named())
                .seenPeers(ways.seen())
                .build(host);
        return new Endpoint(host, routing);
    }
}

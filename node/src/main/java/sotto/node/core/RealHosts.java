package sotto.node.core;

import sotto.libp2p.HostBuilder;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.host.Host;

/** Hosts on real sockets. */
record RealHosts(Crypto crypto) implements Surroundings.Hosts {
    @Override
    public Host make(NodeConfig config, LanPolicy policy) {
        HostBuilder builder = new HostBuilder().crypto(crypto).addressPolicy(policy);
        if (!config.listen().isEmpty()) {
            builder.listen(config.listen());
        } else if (config.isLanOnly()) {
            builder.listen(LanAddresses.ofThisMachine());
        }
        return builder.build();
    }
}

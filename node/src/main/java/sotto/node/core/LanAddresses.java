package sotto.node.core;

import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import sotto.libp2p.peer.Multiaddr;

/** The addresses of this machine that only its own networks reach. */
final class LanAddresses {
    private LanAddresses() {}

    /** One for every private, link-local or loopback address of an interface that is up, each with a free port. */
    static List<Multiaddr> ofThisMachine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(address -> Multiaddr.of(new InetSocketAddress(address, 0)))
                    .filter(address -> address.isLoopback() || address.isPrivate())
                    .distinct()
                    .toList();
        } catch (SocketException noInterfaces) {
            return List.of();
        }
    }
}

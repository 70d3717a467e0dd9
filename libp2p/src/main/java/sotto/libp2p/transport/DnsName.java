package sotto.libp2p.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import sotto.libp2p.peer.AddressProtocol;
import sotto.libp2p.peer.Multiaddr;

/**
 * A name and a TCP port, and which family of addresses the name is to be looked up for.
 *
 * @param family {@code DNS} for any, {@code DNS4} or {@code DNS6}
 */
record DnsName(AddressProtocol family, String host, int port) {
    private static final List<AddressProtocol> FAMILIES =
            List.of(AddressProtocol.DNS, AddressProtocol.DNS4, AddressProtocol.DNS6);

    /** The name in {@code address}, if it is a name with a TCP port and nothing more but perhaps a peer. */
    static Optional<DnsName> of(Multiaddr address) {
        List<AddressProtocol> parts = address.withoutPeer().protocols();
        boolean isName = parts.size() == 2 && FAMILIES.contains(parts.get(0)) && parts.get(1) == AddressProtocol.TCP;
        return isName
                ? Optional.of(new DnsName(
                        parts.get(0),
                        address.toString().split("/", -1)[2],
                        address.port().orElseThrow()))
                : Optional.empty();
    }

    boolean takes(InetAddress ip) {
        return switch (family) {
            case DNS4 -> ip instanceof Inet4Address;
            case DNS6 -> !(ip instanceof Inet4Address);
            default -> true;
        };
    }
}

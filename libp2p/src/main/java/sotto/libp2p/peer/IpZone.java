package sotto.libp2p.peer;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;

/** The interface that a link-local address belongs to, by its name on this machine or by its number. Stateless. */
final class IpZone {
    private static final int NUMBER_DIGITS_MAX = 9;

    private IpZone() {}

    /** The zone of {@code address}, if it is one that is nothing without: Java knows one for whatever it took from an interface. */
    static Optional<String> of(InetAddress address) {
        if (!(address instanceof Inet6Address ip6) || ip6.getScopeId() == 0 || !ip6.isLinkLocalAddress()) {
            return Optional.empty();
        }
        NetworkInterface scope = ip6.getScopedInterface();
        return Optional.of(scope == null ? Integer.toString(ip6.getScopeId()) : scope.getName());
    }

    /** The address of 16 bytes in {@code zone}; nothing if this machine has no such zone. */
    static Optional<InetAddress> scoped(Bytes ip6, String zone) {
        try {
            byte[] address = ip6.toArray();
            boolean isNumber =
                    zone.length() <= NUMBER_DIGITS_MAX && zone.chars().allMatch(c -> c >= '0' && c <= '9');
            if (isNumber) {
                return Optional.of(Inet6Address.getByAddress("", address, Integer.parseInt(zone)));
            }
            NetworkInterface scope = NetworkInterface.getByName(zone);
            return scope == null ? Optional.empty() : Optional.of(Inet6Address.getByAddress("", address, scope));
        } catch (SocketException | UnknownHostException absent) {
            return Optional.empty();
        }
    }
}

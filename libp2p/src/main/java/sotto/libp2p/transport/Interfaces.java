package sotto.libp2p.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;
import sotto.libp2p.peer.Multiaddr;

/** The addresses of this machine, as they are just now. */
public final class Interfaces {
    private Interfaces() {}

    /** Whether any interface has an IPv6 address. */
    public static boolean haveIp6() {
        return addresses().anyMatch(ip -> !(ip instanceof Inet4Address));
    }

    /** Whether a socket can be bound to {@code ip}: an address of this machine, or all of them. */
    static boolean isOurs(InetAddress ip) {
        try {
            return ip.isAnyLocalAddress() || NetworkInterface.getByInetAddress(ip) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    /** Where a socket bound to {@code socket} can be reached: itself, or for a wildcard every address of its family. */
    static List<Multiaddr> reachable(InetSocketAddress socket) {
        InetAddress bound = socket.getAddress();
        if (!bound.isAnyLocalAddress()) {
            return List.of(Multiaddr.of(socket));
        }
        return addresses()
                .filter(ip -> ip instanceof Inet4Address == bound instanceof Inet4Address)
                .map(ip -> Multiaddr.of(new InetSocketAddress(ip, socket.getPort())))
                .distinct()
                .toList();
    }

    /** Without link-local IPv6 addresses: those are nothing without a zone. */
    private static Stream<InetAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(Interfaces::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(ip -> ip instanceof Inet4Address || !ip.isLinkLocalAddress());
        } catch (SocketException none) {
            return Stream.empty();
        }
    }

    private static boolean isUp(NetworkInterface candidate) {
        try {
            return candidate.isUp();
        } catch (SocketException gone) {
            return false;
        }
    }
}

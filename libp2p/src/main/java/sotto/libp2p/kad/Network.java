package sotto.libp2p.kad;

import java.net.InetAddress;
import java.util.Optional;
import sotto.libp2p.peer.Multiaddr;

/**
 * Which network an address is in, as a number: the /24 of an IPv4 address, the /48 of an IPv6 one. Whoever holds one address of
 * a network can have them all, so peers are counted by it. Stateless.
 */
final class Network {
    /** No network to be counted by: this machine. */
    static final long NONE = 0;

    private static final int KIND_SHIFT = 60;
    private static final long IP4 = 1L << KIND_SHIFT;
    private static final long IP6 = 2L << KIND_SHIFT;
    private static final long PRIVATE = 4L << KIND_SHIFT;
    /** All names together: whoever can make one up can make up all. */
    private static final long NAMED = 3L << KIND_SHIFT;

    private static final int IP4_BYTES = 3;
    private static final int IP6_BYTES = 6;

    private Network() {}

    static long of(Multiaddr address) {
        Optional<InetAddress> ip = address.ip();
        if (ip.isEmpty()) {
            return NAMED;
        }
        if (address.isLoopback()) {
            return NONE;
        }
        byte[] bytes = ip.get().getAddress();
        boolean isIp4 = bytes.length == 4;
        long number = address.isPrivate() ? PRIVATE : 0;
        return number | (isIp4 ? IP4 | prefix(bytes, IP4_BYTES) : IP6 | prefix(bytes, IP6_BYTES));
    }

    /** What sort of network it is: of IPv4 or IPv6, public or private, of names, or none. */
    static int kind(long network) {
        return (int) (network >>> KIND_SHIFT);
    }

    /** Whether it is of this site or link. */
    static boolean isPrivate(long network) {
        return (network & PRIVATE) != 0;
    }

    private static long prefix(byte[] bytes, int sizeBytes) {
        long number = 0;
        for (int i = 0; i < sizeBytes; i++) {
            number = number << Byte.SIZE | (bytes[i] & 0xff);
        }
        return number;
    }
}

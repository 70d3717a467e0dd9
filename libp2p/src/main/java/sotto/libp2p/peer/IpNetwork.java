package sotto.libp2p.peer;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import sotto.libp2p.bytes.Bytes;

/**
 * Whom an IP address tells apart from others, for limits that count by address: an IPv4 address, or the first 64 bits of an IPv6
 * address, since whoever has one of these usually has them all (RFC 4291 section 2.5.4, RFC 6177). The machines of a link have
 * those 64 bits in common where they are link-local, so there all of the address counts. Immutable.
 *
 * @param prefix 4, 8 or 16 bytes
 */
public record IpNetwork(Bytes prefix) {
    private static final int IP6_PREFIX_BYTES = 8;

    public static IpNetwork of(InetAddress address) {
        byte[] whole = address.getAddress();
        boolean isShared = address instanceof Inet6Address && !address.isLinkLocalAddress();
        return new IpNetwork(Bytes.owning(isShared ? Arrays.copyOf(whole, IP6_PREFIX_BYTES) : whole));
    }
}

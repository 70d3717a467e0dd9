package sotto.libp2p.peer;

import sotto.libp2p.bytes.Bytes;

/** How far away an address may be. What is not known to be near counts as {@link #PUBLIC}. */
public enum Reach {
    /** No address in particular: every interface when listening, this machine when dialled. */
    UNSPECIFIED,
    /** This machine. */
    LOOPBACK,
    /** This link: 169.254.0.0/16, fe80::/10. */
    LINK_LOCAL,
    /** This site: RFC 1918 and fc00::/7. */
    PRIVATE,
    /** Many at once, broadcast included; never a peer. */
    MULTICAST,
    /** Anywhere else. */
    PUBLIC,
    /** A name, which only the resolver knows. */
    NAMED;

    private static final Bytes IP4_MAPPED = Bytes.ofHex("00000000000000000000ffff");
    private static final Bytes IP6_UNSPECIFIED = Bytes.ofHex("00000000000000000000000000000000");
    private static final Bytes IP6_LOOPBACK = Bytes.ofHex("00000000000000000000000000000001");

    /** The reach of an address of 4 or 16 bytes. */
    static Reach ofIp(Bytes address) {
        if (address.size() == 4) {
            return ofIp4(address.at(0) & 0xff, address.at(1) & 0xff);
        }
        // The operating system connects to the IPv4 address inside.
        return address.startsWith(IP4_MAPPED) ? ofIp(address.slice(IP4_MAPPED.size(), address.size())) : ofIp6(address);
    }

    private static Reach ofIp4(int first, int second) {
        if (first == 0) {
            return UNSPECIFIED;
        }
        if (first == 127) {
            return LOOPBACK;
        }
        if (first == 169 && second == 254) {
            return LINK_LOCAL;
        }
        boolean isPrivate = first == 10 || (first == 172 && (second & 0xf0) == 16) || (first == 192 && second == 168);
        if (isPrivate) {
            return PRIVATE;
        }
        return first >= 224 ? MULTICAST : PUBLIC;
    }

    private static Reach ofIp6(Bytes address) {
        if (address.equals(IP6_UNSPECIFIED)) {
            return UNSPECIFIED;
        }
        if (address.equals(IP6_LOOPBACK)) {
            return LOOPBACK;
        }
        int first = address.at(0) & 0xff;
        int second = address.at(1) & 0xff;
        if (first == 0xfe && (second & 0xc0) == 0x80) {
            return LINK_LOCAL;
        }
        if ((first & 0xfe) == 0xfc) {
            return PRIVATE;
        }
        return first == 0xff ? MULTICAST : PUBLIC;
    }
}

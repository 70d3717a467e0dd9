package sotto.libp2p.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.WireException;

/** Proves that an IPv6 address counts as its network does, and every other address as itself. */
class IpNetworkTest {
    @Test
    void takesTheAddressesOfAnIp6NetworkForOne() throws WireException {
        assertEquals(of("/ip6/2001:db8::1"), of("/ip6/2001:db8::ffff:ffff:ffff:ffff"));
        assertNotEquals(of("/ip6/2001:db8::1"), of("/ip6/2001:db8:0:1::1"));
    }

    @Test
    void tellsIp4AddressesAndNeighboursApart() throws WireException {
        assertEquals(of("/ip4/198.51.100.1"), of("/ip4/198.51.100.1"));
        assertNotEquals(of("/ip4/198.51.100.1"), of("/ip4/198.51.100.2"));
        assertNotEquals(of("/ip6/fe80::1"), of("/ip6/fe80::2"));
    }

    private static IpNetwork of(String address) throws WireException {
        return IpNetwork.of(Multiaddr.parse(address).ip().orElseThrow());
    }
}

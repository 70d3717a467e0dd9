package sotto.libp2p.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.Vectors;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.runtime.Seeds;

/** Proves that addresses are read and written as other implementations do, in one form each, and that all else is refused. */
class MultiaddrTest {
    private static final String PEER = "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N";
    private static final String OTHER = "12D3KooWJs9SoPYACbqAFW9e9a8qkuKxCgn6CwVswBfYGjmdrgiU";

    @Test
    void areThoseOfOthers() {
        Vectors.forEach("multiaddr.txt", vector -> {
            Multiaddr address = Multiaddr.parse(vector.text("text"));
            assertEquals(vector.bytes("bytes"), address.encode());
            assertEquals(address, Multiaddr.decode(vector.bytes("bytes")));
            assertEquals(
                    vector.text("text"), Multiaddr.decode(vector.bytes("bytes")).toString());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "ip4/1.2.3.4",
                "/ip4",
                "/ip4/",
                "/ip4/1.2.3",
                "/ip4/1.2.3.4.5",
                "/ip4/1.2.3.256",
                "/ip4/01.2.3.4",
                "/ip4/1.2.3.4/",
                "/ip4/1.2.3.4//tcp/1",
                "/ip4/1.2.3.4/tcp",
                "/ip4/1.2.3.4/tcp/65536",
                "/ip4/1.2.3.4/tcp/-1",
                "/ip4/1.2.3.4/tcp/01",
                "/ip4/1.2.3.4/tcp/+1",
                "/ip4/1.2.3.4/tcp/１",
                "/ip6/1:2:3:4:5:6:7",
                "/ip6/:::",
                "/ip6/1::2::3",
                "/ip6/1:2:3:4:5:6:7:8:9",
                "/ip6/1:2:3:4:5:6:7::8",
                "/ip6/12345::",
                "/ip6/g::",
                "/ip6/::1%lo",
                "/ip6/1:2:3:4:5:6:7:1.2.3.4",
                "/ip6/1.2.3.4::",
                "/ip6/:1",
                "/ip6/1:",
                "/dns4/",
                "/dns4/a b/tcp/1",
                "/dns4/é/tcp/1",
                "/http/x",
                "/ip4/1.2.3.4/ws",
                "/p2p/",
                "/p2p/x",
                "/quic/1",
                "/unix/tmp",
                "/onion3/x",
                "/IP4/1.2.3.4"
            })
    void refusesOtherTexts(String text) {
        assertThrows(WireException.class, () -> Multiaddr.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "0:0:0:0:0:0:0:0, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "::ffff:1.2.3.4, ::ffff:1.2.3.4",
        "::ffff:102:304, ::ffff:1.2.3.4",
        "64:ff9b::1.2.3.4, 64:ff9b::102:304",
        "0001:0002::, 1:2::",
    })
    void writesIp6AsRfc5952Recommends(String given, String canonical) throws WireException {
        assertEquals("/ip6/" + canonical, Multiaddr.parse("/ip6/" + given).toString());
    }

    @Test
    void boundsItsSize() throws WireException {
        String name = "a".repeat(200);
        assertEquals(203, Multiaddr.parse("/dns4/" + name).encode().size());
        assertThrows(WireException.class, () -> Multiaddr.parse("/dns4/" + "a".repeat(254)));
        assertThrows(WireException.class, () -> Multiaddr.parse(("/dns4/" + name).repeat(3)));
        assertThrows(WireException.class, () -> Multiaddr.parse("/p2p-circuit".repeat(17)));
        assertEquals(16, Multiaddr.parse("/p2p-circuit".repeat(16)).protocols().size());
        assertThrows(WireException.class, () -> Multiaddr.parse("/dns4/" + "a".repeat(1_000_000)));
        assertThrows(WireException.class, () -> Multiaddr.decode(Bytes.EMPTY));
        Bytes circuit = Multiaddr.parse("/p2p-circuit").encode();
        assertThrows(WireException.class, () -> Multiaddr.decode(Bytes.concat(repeat(circuit, 17))));
        assertThrows(WireException.class, () -> Multiaddr.decode(Bytes.concat(repeat(circuit, 1_000))));
    }

    @Test
    void tellsItsParts() throws WireException, UnknownHostException {
        Multiaddr address = Multiaddr.parse("/ip4/192.0.2.7/tcp/4001/p2p/" + PEER);
        assertEquals(Optional.of(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 7})), address.ip());
        assertEquals(OptionalInt.of(4001), address.port());
        assertEquals(Optional.of(PeerId.parse(PEER)), address.peerId());
        assertEquals(Optional.of(new InetSocketAddress("192.0.2.7", 4001)), address.tcpSocket());
        Multiaddr quic = Multiaddr.parse("/ip6/2001:db8::1/udp/7/quic-v1");
        assertEquals(OptionalInt.of(7), quic.port());
        assertEquals(Optional.empty(), quic.peerId());
        assertEquals(Optional.empty(), quic.tcpSocket());
        assertEquals(
                Optional.empty(), Multiaddr.parse("/dns4/example.org/tcp/1").ip());
        assertEquals(
                Optional.empty(), Multiaddr.parse("/dns4/example.org/tcp/1").tcpSocket());
    }

    @Test
    void meetsTheLastPeerOfARelayedAddress() throws WireException {
        Multiaddr relayed = Multiaddr.parse("/ip4/192.0.2.7/tcp/1/p2p/" + PEER + "/p2p-circuit/p2p/" + OTHER);
        assertEquals(Optional.of(PeerId.parse(OTHER)), relayed.peerId());
        assertTrue(relayed.isRelayed());
        assertEquals(Optional.empty(), relayed.tcpSocket());
        Multiaddr open = relayed.withoutPeer();
        assertEquals(Optional.empty(), open.peerId());
        assertEquals(relayed, open.withPeer(PeerId.parse(OTHER)));
    }

    @Test
    void takesAPeerOnAndOff() throws WireException {
        Multiaddr plain = Multiaddr.parse("/ip4/192.0.2.7/tcp/1");
        Multiaddr named = plain.withPeer(PeerId.parse(PEER));
        assertEquals("/ip4/192.0.2.7/tcp/1/p2p/" + PEER, named.toString());
        assertEquals(plain.withPeer(PeerId.parse(OTHER)), named.withPeer(PeerId.parse(OTHER)));
        assertEquals(plain, named.withoutPeer());
        assertSame(plain, plain.withoutPeer());
        Multiaddr peerAlone = Multiaddr.parse("/p2p/" + PEER);
        assertSame(peerAlone, peerAlone.withoutPeer());
        assertEquals(Multiaddr.parse("/p2p/" + OTHER), peerAlone.withPeer(PeerId.parse(OTHER)));
    }

    @Test
    void isMadeFromSockets() throws UnknownHostException, WireException {
        InetAddress ip4 = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        assertEquals(
                "/ip4/127.0.0.1/tcp/80",
                Multiaddr.of(new InetSocketAddress(ip4, 80)).toString());
        InetAddress ip6 = InetAddress.getByAddress(address("::1").toArray());
        assertEquals(
                "/ip6/::1/tcp/0", Multiaddr.of(new InetSocketAddress(ip6, 0)).toString());
        InetAddress scoped = Inet6Address.getByAddress("", address("fe80::1").toArray(), 77);
        Multiaddr zoned = Multiaddr.of(new InetSocketAddress(scoped, 9));
        assertEquals("/ip6zone/77/ip6/fe80::1/tcp/9", zoned.toString());
        assertEquals(Optional.of(new InetSocketAddress(scoped, 9)), zoned.tcpSocket());
        assertEquals(Reach.LINK_LOCAL, zoned.reach());
        InetSocketAddress named = InetSocketAddress.createUnresolved("example.org", 1);
        assertThrows(IllegalArgumentException.class, () -> Multiaddr.of(named));
    }

    @Test
    void leadsNowhereInAZoneThatIsNotHere() throws WireException {
        Multiaddr zoned = Multiaddr.parse("/ip6zone/no-such-zone/ip6/fe80::1/tcp/9");
        assertEquals(Optional.empty(), zoned.tcpSocket());
        assertEquals(
                Optional.empty(),
                Multiaddr.parse("/ip6zone/77/ip4/1.2.3.4/tcp/9").tcpSocket());
    }

    @ParameterizedTest
    @CsvSource({
        "/ip4/127.0.0.1/tcp/1, LOOPBACK",
        "/ip4/127.255.0.1, LOOPBACK",
        "/ip6/::1/tcp/1, LOOPBACK",
        "/ip6/::ffff:127.0.0.1/tcp/1, LOOPBACK",
        "/ip4/0.0.0.0/tcp/1, UNSPECIFIED",
        "/ip6/::/tcp/1, UNSPECIFIED",
        "/ip4/10.1.2.3, PRIVATE",
        "/ip4/172.16.0.1, PRIVATE",
        "/ip4/172.31.0.1, PRIVATE",
        "/ip4/172.32.0.1, PUBLIC",
        "/ip4/172.15.0.1, PUBLIC",
        "/ip4/192.168.0.1, PRIVATE",
        "/ip4/192.169.0.1, PUBLIC",
        "/ip4/169.254.0.1, LINK_LOCAL",
        "/ip6/fe80::1, LINK_LOCAL",
        "/ip6/febf::1, LINK_LOCAL",
        "/ip6/fec0::1, PUBLIC",
        "/ip6/fd00::1, PRIVATE",
        "/ip6/fc00::1, PRIVATE",
        "/ip6/ff02::1, MULTICAST",
        "/ip4/224.0.0.1, MULTICAST",
        "/ip4/255.255.255.255, MULTICAST",
        "/ip4/100.64.0.1, PUBLIC",
        "/ip4/8.8.8.8, PUBLIC",
        "/ip6/2001:db8::1, PUBLIC",
        "/ip6/64:ff9b::127.0.0.1, PUBLIC",
        "/ip6/::127.0.0.1, PUBLIC",
        "/dns/localhost, NAMED",
        "/dnsaddr/example.org, NAMED",
        "/p2p-circuit, PUBLIC",
        "/tcp/1/ip4/127.0.0.1, PUBLIC",
    })
    void saysHowFarItMayReach(String text, Reach reach) throws WireException {
        Multiaddr address = Multiaddr.parse(text);
        assertEquals(reach, address.reach());
        assertEquals(reach == Reach.LOOPBACK, address.isLoopback());
        assertEquals(reach == Reach.UNSPECIFIED, address.isUnspecified());
        assertEquals(reach == Reach.PRIVATE || reach == Reach.LINK_LOCAL, address.isPrivate());
        assertFalse(address.isLoopback() && address.isPrivate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "047f0000", // a byte short
                "0600", // likewise
                "3600", // an empty name
                "3603612f62", // a name with a slash in it
                "360261ff", // a name that is not UTF-8
                "3602610a", // a name that ends a line
                "2a0125", // a zone that is no name
                "a50303120a0b", // a peer that is no hash
                "a5030100", // likewise
                "8d01", // an unknown code
                "84007f000001", // a code that is longer than it needs to be
            })
    void refusesOtherBytes(String hex) {
        assertThrows(WireException.class, () -> Multiaddr.decode(Bytes.ofHex(hex)));
    }

    @Test
    void refusesOrReadsAnyBytesInOneWay() {
        Bytes[] parts = {
            Bytes.ofHex("047f000001"),
            Bytes.ofHex("060fa1"),
            Bytes.ofHex("2920010db8000000000000000000000001"),
            Bytes.ofHex("2a03657468"),
            Bytes.ofHex("3603612e62"),
            Bytes.ofHex("91020001"),
            Bytes.ofHex("a202"),
            Bytes.ofHex("a5032212201111111111111111111111111111111111111111111111111111111111111111"),
            Bytes.ofHex("cd03")
        };
        Seeds.forEach(5_000, random -> {
            Bytes any = Bytes.owning(mutated(random, parts));
            Multiaddr address;
            try {
                address = Multiaddr.decode(any);
            } catch (WireException refused) {
                return;
            }
            assertEquals(any, address.encode());
            assertEquals(address, Multiaddr.parse(address.toString()));
            address.reach();
            address.tcpSocket();
            address.ip();
        });
    }

    private static byte[] mutated(RandomGenerator random, Bytes[] parts) {
        Bytes bytes = Bytes.EMPTY;
        for (int i = random.nextInt(5); i >= 0; i--) {
            bytes = Bytes.concat(bytes, parts[random.nextInt(parts.length)]);
        }
        byte[] array = bytes.toArray();
        if (random.nextBoolean()) {
            array[random.nextInt(array.length)] = (byte) random.nextInt();
        }
        return array;
    }

    private static Bytes[] repeat(Bytes bytes, int count) {
        Bytes[] all = new Bytes[count];
        Arrays.fill(all, bytes);
        return all;
    }

    private static Bytes address(String ip6) throws WireException {
        return IpText.parse6(ip6);
    }
}

package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.PeerAddresses;
import sotto.libp2p.host.SeenPeers.SeenPeer;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;

/** Proves that a code names its maker first, and of the ways into the directory only those that others could use. */
class HintsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final List<Multiaddr> own = list("/ip4/203.0.113.5/tcp/1", "/ip6/2001:db8::5/tcp/1", "/ip4/10.0.0.5/tcp/1");

    @Test
    void withoutEntryPointsAllPlacesAreTheMakers() {
        assertEquals(own, Hints.of(own, List.of()));
    }

    @Test
    void onePlaceIsKeptForAnEntryPointAndTwoAreFilledAtMost() {
        List<Multiaddr> entries =
                list("/ip4/198.51.100.1/tcp/4001", "/ip4/198.51.100.2/tcp/4001", "/ip4/198.51.100.3/tcp/4001");
        assertEquals(List.of(own.get(0), own.get(1), entries.get(0)), Hints.of(own, entries));
        assertEquals(List.of(own.get(0), entries.get(0), entries.get(1)), Hints.of(own.subList(0, 1), entries));
    }

    @Test
    void loopbackIsNamedOnlyByWhoeverIsThereAlone() {
        List<Multiaddr> loopback = list("/ip4/127.0.0.1/tcp/4001");
        assertEquals(own, Hints.of(own, loopback));
        List<Multiaddr> here = list("/ip4/127.0.0.1/tcp/1");
        assertEquals(List.of(here.get(0), loopback.get(0)), Hints.of(here, loopback));
    }

    @Test
    void onlyNamedServersThatAnsweredLatelyCountTheLatestFirst() {
        List<Multiaddr> named =
                list("/ip4/198.51.100.1/tcp/4001", "/ip4/198.51.100.2/tcp/4001", "/ip4/198.51.100.3/tcp/4001");
        List<SeenPeer> seen = List.of(
                seen(9, "/ip4/198.51.100.9/tcp/4001", Duration.ZERO),
                seen(2, "/ip4/198.51.100.2/tcp/4001", Duration.ofMinutes(1)),
                seen(1, "/ip4/198.51.100.1/tcp/4001", Duration.ofMinutes(2)),
                seen(3, "/ip4/198.51.100.3/tcp/4001", Hints.ANSWERED_WITHIN));
        assertEquals(List.of(named.get(1), named.get(0)), Hints.answering(named, seen, NOW));
    }

    private static SeenPeer seen(int number, String address, Duration ago) {
        byte[] key = new byte[32];
        key[0] = (byte) number;
        PeerId id = new PeerId(Bytes.concat(Bytes.ofHex("002408011220"), Bytes.owning(key)));
        return new SeenPeer(new PeerAddresses(id, list(address)), NOW.minus(ago));
    }

    private static List<Multiaddr> list(String... texts) {
        return List.of(texts).stream().map(HintsTest::address).toList();
    }

    private static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (WireException malformed) {
            throw new AssertionError(malformed);
        }
    }
}

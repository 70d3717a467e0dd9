package sotto.libp2p.kad;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;

/** Made-up peers. */
final class Peers {
    private static final Bytes ED25519_PEER = Bytes.ofHex("002408011220");

    private Peers() {}

    static PeerId id(RandomGenerator random) {
        return new PeerId(Bytes.concat(ED25519_PEER, bytes(random, 32)));
    }

    /** At a random public IPv4 address. */
    static Peer peer(RandomGenerator random) {
        return at(random, "20." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(1, 255));
    }

    static Peer at(RandomGenerator random, String ip4) {
        return Peer.of(id(random), List.of(address("/ip4/" + ip4 + "/tcp/4001")));
    }

    static List<Peer> many(RandomGenerator random, int count) {
        return IntStream.range(0, count).mapToObj(i -> peer(random)).toList();
    }

    static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (WireException malformed) {
            throw new AssertionError(malformed);
        }
    }

    static Bytes bytes(RandomGenerator random, int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        random.nextBytes(bytes);
        return Bytes.owning(bytes);
    }

    /** All of {@code peers}, the closest to {@code target} first. */
    static List<Peer> sorted(List<Peer> peers, Key target) {
        return peers.stream()
                .sorted((one, other) -> target.distanceTo(one.key()).compareTo(target.distanceTo(other.key())))
                .toList();
    }
}

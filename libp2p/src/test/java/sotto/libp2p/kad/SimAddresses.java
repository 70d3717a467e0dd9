package sotto.libp2p.kad;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import sotto.libp2p.peer.PeerId;

/**
 * Where nodes are: four in five at home, in one of many /24 networks that hardly anybody shares; one in five with a hoster, of
 * which a few have many. Not thread-safe.
 */
final class SimAddresses {
    private static final double HOSTED_SHARE = 0.2;
    private static final int SERVERS_PER_HOSTER = 25;
    private static final int HOMES = 1 << 20;
    private static final int FIRST_OCTET = 20;
    private static final int ATTACKERS_OCTET = 200;

    private final SplittableRandom random;
    private final double[] upTo;

    SimAddresses(int servers, SplittableRandom random) {
        this.random = random;
        this.upTo = new double[Math.max(10, servers / SERVERS_PER_HOSTER)];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            // Zipf's law: the second largest has half as many as the largest, the third a third.
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
    }

    Peer next() {
        int network = random.nextDouble() < HOSTED_SHARE ? hoster() : upTo.length + random.nextInt(HOMES);
        return Peers.at(random, ip(random, FIRST_OCTET, network));
    }

    /** The peer {@code id} in one of the networks of whoever attacks. */
    static Peer attacking(SplittableRandom random, int network, PeerId id) {
        return Peer.of(id, List.of(Peers.address("/ip4/" + ip(random, ATTACKERS_OCTET, network) + "/tcp/4001")));
    }

    private int hoster() {
        double at = random.nextDouble() * upTo[upTo.length - 1];
        int found = Arrays.binarySearch(upTo, at);
        return found < 0 ? -found - 1 : found;
    }

    private static String ip(SplittableRandom random, int firstOctet, int network) {
        return (firstOctet + (network >> 16)) + "." + ((network >> 8) & 0xff) + "." + (network & 0xff) + "."
                + random.nextInt(1, 255);
    }
}

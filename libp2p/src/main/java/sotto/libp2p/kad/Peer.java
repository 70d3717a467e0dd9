package sotto.libp2p.kad;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sotto.libp2p.host.PeerAddresses;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;

/**
 * A peer as the table knows it: its id, the place that follows from it, where it can be dialled, and in which networks that is.
 * The same object may be in many tables. Equal to another if the ids are. Immutable.
 */
public final class Peer {
    /** How many addresses of a peer are kept and passed on. */
    public static final int ADDRESSES_MAX = 8;

    private final PeerId id;
    private final Key key;
    private final List<Multiaddr> addresses;
    private final long[] networks;

    private Peer(PeerId id, Key key, List<Multiaddr> addresses) {
        this.id = id;
        this.key = key;
        this.addresses = addresses;
        this.networks = addresses.stream().mapToLong(Network::of).distinct().toArray();
    }

    /**
     * Keeps the first eight of {@code addresses}, without {@code /p2p}, and of one network of a kind alone; the first one is where
     * it is known to be, if any is.
     */
    public static Peer of(PeerId id, List<Multiaddr> addresses) {
        return new Peer(id, Key.of(id), kept(addresses));
    }

    public static Peer of(PeerAddresses peer) {
        return of(peer.peer(), peer.addresses());
    }

    public PeerId id() {
        return id;
    }

    public Key key() {
        return key;
    }

    /** At most eight, without {@code /p2p}. */
    public List<Multiaddr> addresses() {
        return addresses;
    }

    /** The same peer at other addresses. */
    public Peer at(List<Multiaddr> changed) {
        return new Peer(id, key, kept(changed));
    }

    public PeerAddresses toAddresses() {
        return new PeerAddresses(id, addresses);
    }

    /** The network of the first address. */
    long network() {
        return networks.length == 0 ? Network.NONE : networks[0];
    }

    int networkCount() {
        return networks.length;
    }

    long network(int index) {
        return networks[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Peer peer && id.equals(peer.id);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return id.toString();
    }

    private static List<Multiaddr> kept(List<Multiaddr> addresses) {
        Map<Integer, Long> networks = new HashMap<>();
        return addresses.stream()
                .map(Multiaddr::withoutPeer)
                .distinct()
                .filter(address -> isOfFirst(Network.of(address), networks))
                .limit(ADDRESSES_MAX)
                .toList();
    }

    private static boolean isOfFirst(long network, Map<Integer, Long> networks) {
        return networks.computeIfAbsent(Network.kind(network), kind -> network) == network;
    }
}

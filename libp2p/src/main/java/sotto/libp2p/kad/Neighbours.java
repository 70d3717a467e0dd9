package sotto.libp2p.kad;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ConnectionListener;
import sotto.libp2p.host.PeerDescription;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.SeenPeers.SeenPeer;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.EventLoop;

/**
 * Who is connected, and whom of those the routing table hears of: servers of the same network that have been met where they say
 * they can be dialled. Listens to the host; the rest is confined to the routing's loop.
 */
final class Neighbours implements ConnectionListener {
    /** How many are remembered across restarts. */
    static final int SEEN_MAX = 500;

    private final EventLoop loop;
    private final ProtocolId protocol;
    private final RoutingTable table;
    private final Map<PeerId, Connection> open = new HashMap<>();
    private final Map<PeerId, SeenPeer> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PeerId, SeenPeer> eldest) {
            return size() > SEEN_MAX;
        }
    };

    // Written on the routing's loop, read by whoever asks for the status.
    private volatile int tableSize;

    Neighbours(EventLoop loop, ProtocolId protocol, RoutingTable table) {
        this.loop = loop;
        this.protocol = protocol;
        this.table = table;
    }

    @Override
    public void onOpened(Connection connection) {
        loop.execute(() -> open.put(connection.remotePeer(), connection));
    }

    @Override
    public void onDescribed(Connection connection, PeerDescription description) {
        loop.execute(() -> {
            if (description.protocols().contains(protocol)) {
                onServer(connection, description.listenAddresses());
            } else {
                table.remove(connection.remotePeer());
                tableSize = table.size();
            }
        });
    }

    @Override
    public void onClosed(Connection connection) {
        loop.execute(() -> open.remove(connection.remotePeer(), connection));
    }

    /** An open connection to {@code peer}. */
    Optional<Connection> connectionTo(PeerId peer) {
        return Optional.ofNullable(open.get(peer)).filter(Connection::isOpen);
    }

    /**
     * The other end of {@code connection} answered, and so is a server. That it can be dialled where somebody else said is not
     * believed, only where it was: else one liar could make everybody keep and pass on the address of a victim.
     */
    void onAnswer(Connection connection) {
        PeerId peer = connection.remotePeer();
        onServer(
                connection,
                table.find(peer)
                        .or(() -> Optional.ofNullable(seen.get(peer))
                                .map(SeenPeer::peer)
                                .map(Peer::of))
                        .map(Peer::addresses)
                        .orElse(List.of()));
    }

    /** The other end of {@code connection} is a server, and has said itself that it can be dialled at {@code claimed}. */
    private void onServer(Connection connection, List<Multiaddr> claimed) {
        List<Multiaddr> addresses = believed(connection, claimed);
        if (addresses.isEmpty()) {
            return;
        }
        Peer peer = Peer.of(connection.remotePeer(), addresses);
        RoutingTable.Outcome outcome = table.onSeen(peer, loop.uptime().toMillis());
        tableSize = table.size();
        if (outcome != RoutingTable.Outcome.REFUSED) {
            seen.put(peer.id(), new SeenPeer(peer.toAddresses(), loop.clock().instant()));
        }
    }

    void onFailure(PeerId peer) {
        table.onFailure(peer, loop.uptime().toMillis());
        tableSize = table.size();
    }

    /** How many peers the table has; thread-safe. */
    int tableSize() {
        return tableSize;
    }

    /** The peers seen last, most recently seen first. */
    List<SeenPeer> seen() {
        List<SeenPeer> newestLast = new ArrayList<>(seen.values());
        java.util.Collections.reverse(newestLast);
        return newestLast;
    }

    /** Takes over what was seen before this start. */
    void remember(List<SeenPeer> newestFirst) {
        for (int i = Math.min(newestFirst.size(), SEEN_MAX) - 1; i >= 0; i--) {
            SeenPeer each = newestFirst.get(i);
            seen.putIfAbsent(each.peer().peer(), each);
        }
    }

    /**
     * First an address in the network where the peer is known to be: the one that was dialled, or one it claims in the network
     * it came from. Without such a one, nothing is believed: it could name anybody's.
     */
    private static List<Multiaddr> believed(Connection connection, List<Multiaddr> claimed) {
        Multiaddr met = connection.remoteAddress();
        List<Multiaddr> allowed = Reachable.from(claimed, met);
        List<Multiaddr> addresses = new ArrayList<>();
        if (connection.isInitiator()) {
            addresses.add(met);
        }
        long network = Network.of(met);
        allowed.stream().filter(address -> Network.of(address) == network).forEach(addresses::add);
        if (!addresses.isEmpty()) {
            allowed.stream().filter(address -> Network.of(address) != network).forEach(addresses::add);
        }
        return addresses;
    }
}

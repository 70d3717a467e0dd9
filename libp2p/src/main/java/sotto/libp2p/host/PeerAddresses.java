package sotto.libp2p.host;

import java.util.List;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;

/**
 * A peer and where it is said to be dialled.
 *
 * @param addresses without {@code /p2p}; none where nobody told any
 */
public record PeerAddresses(PeerId peer, List<Multiaddr> addresses) {
    public PeerAddresses {
        addresses = List.copyOf(addresses);
    }
}

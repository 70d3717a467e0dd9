package sotto.libp2p.host;

import java.util.List;
import java.util.Optional;
import sotto.libp2p.peer.Multiaddr;

/**
 * What the other end of a connection says of itself by identify. Only its peer id is proven; all this is a claim.
 *
 * @param agentVersion the name of its program; free text of a stranger, at most 256 characters
 * @param listenAddresses where it says it can be dialled; those this host cannot parse are left out
 * @param observedAddress where it sees this host come from
 * @param protocols what it speaks; names that no {@link ProtocolId} can be are left out
 */
public record PeerDescription(
        String agentVersion,
        List<Multiaddr> listenAddresses,
        Optional<Multiaddr> observedAddress,
        List<ProtocolId> protocols) {
    public PeerDescription {
        listenAddresses = List.copyOf(listenAddresses);
        protocols = List.copyOf(protocols);
    }
}

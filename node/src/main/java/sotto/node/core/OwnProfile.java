package sotto.node.core;

import java.util.List;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.wire.Addresses;
import sotto.node.wire.SessionMessage;

/** What we tell contacts about ourselves: our name, and where we listen at present. */
interface OwnProfile {
    String name();

    /** Where others can dial us, without peer id; loopback only where there is nothing else. */
    List<Multiaddr> addresses();

    default SessionMessage.Profile message() {
        return new SessionMessage.Profile(name(), Addresses.firstOf(addresses()));
    }
}

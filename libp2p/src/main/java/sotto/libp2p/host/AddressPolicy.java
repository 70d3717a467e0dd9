package sotto.libp2p.host;

import sotto.libp2p.peer.Multiaddr;

/** Says where sockets may be made: asked before every dial and every listen, at the one place where sockets are made. Thread-safe. */
public interface AddressPolicy {
    /** Everything is allowed. */
    AddressPolicy ANYWHERE = address -> true;

    boolean allows(Multiaddr address);
}

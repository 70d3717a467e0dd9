package sotto.libp2p.host;

import sotto.libp2p.peer.Multiaddr;

/**
 * Says where sockets may be made: asked before every listen and every dial (about a name, both before and after it is looked
 * up), and about the address of whoever connects, at the one place where sockets are made. Thread-safe.
 */
public interface AddressPolicy {
    /** Everything is allowed. */
    AddressPolicy ANYWHERE = address -> true;

    boolean allows(Multiaddr address);
}

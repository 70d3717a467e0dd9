package sotto.libp2p.kad;

import java.util.List;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.Reach;

/**
 * Which of the addresses that somebody names may be dialled: none nearer to this host than the one who names them. Else a
 * stranger far away could make this host knock on the doors of its own machine and site. Stateless.
 */
final class Reachable {
    private Reachable() {}

    /** Those of {@code named} that {@code by}, the address of who names them, may name. */
    static List<Multiaddr> from(List<Multiaddr> named, Multiaddr by) {
        return named.stream().filter(address -> mayName(address, by)).toList();
    }

    static boolean mayName(Multiaddr address, Multiaddr by) {
        return switch (address.reach()) {
            // A name leads wherever its owner says, to this machine too.
            case UNSPECIFIED, MULTICAST, NAMED -> false;
            case LOOPBACK -> by.isLoopback();
            case LINK_LOCAL -> by.reach() == Reach.LINK_LOCAL;
            case PRIVATE -> by.isPrivate() || by.isLoopback();
            case PUBLIC -> true;
        };
    }
}

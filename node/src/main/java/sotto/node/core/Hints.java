package sotto.node.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sotto.libp2p.host.SeenPeers.SeenPeer;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.directory.InvitationCode;
import sotto.node.wire.Addresses;

/** Which addresses a code names: where its maker is, then ways into the directory where its record lies. Stateless. */
final class Hints {
    /** Ways into the directory in one code. */
    static final int ENTRY_POINTS_MAX = 2;

    /** Whoever did not answer for so long may be gone. */
    static final Duration ANSWERED_WITHIN = Duration.ofHours(1);

    private Hints() {}

    /**
     * The first of {@code own}, then of {@code entryPoints}, three in all; where there is an entry point that others could use,
     * one place is kept for it.
     */
    static List<Multiaddr> of(List<Multiaddr> own, List<Multiaddr> entryPoints) {
        boolean isLoopbackOnly = own.stream().allMatch(Multiaddr::isLoopback);
        List<Multiaddr> usable = entryPoints.stream()
                .filter(entry -> isLoopbackOnly || !entry.isLoopback())
                .filter(entry -> !entry.isUnspecified() && Addresses.fits(entry) && !own.contains(entry))
                .limit(ENTRY_POINTS_MAX)
                .toList();
        int ownMax = InvitationCode.HINTS_MAX - (usable.isEmpty() ? 0 : 1);
        return Stream.concat(own.stream().limit(ownMax), usable.stream())
                .limit(InvitationCode.HINTS_MAX)
                .toList();
    }

    /** Those of {@code named} where a server answered lately, the latest first, each as host and port. */
    static List<Multiaddr> answering(List<Multiaddr> named, List<SeenPeer> seen, Instant now) {
        List<Multiaddr> places = named.stream()
                .flatMap(entry -> DialBudget.place(entry).stream())
                .toList();
        return seen.stream()
                .filter(peer -> peer.seenAt().isAfter(now.minus(ANSWERED_WITHIN)))
                .flatMap(peer -> peer.peer().addresses().stream())
                .map(DialBudget::place)
                .flatMap(Optional::stream)
                .filter(places::contains)
                .distinct()
                .toList();
    }
}

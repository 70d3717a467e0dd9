package sotto.libp2p.host;

import java.time.Instant;
import java.util.List;

/**
 * Where the peers seen last survive a restart, so that a host finds its network again without an entry point. Called on the
 * routing's loop, so no call may take long; loading happens once, at the first join.
 */
public interface SeenPeers {
    /** Remembers nothing. */
    SeenPeers NONE = new SeenPeers() {
        @Override
        public List<SeenPeer> load() {
            return List.of();
        }

        @Override
        public void save(List<SeenPeer> peers) {}
    };

    /** What was saved last, most recently seen first; nothing if it cannot be read. */
    List<SeenPeer> load();

    /** Keeps {@code peers}, most recently seen first, instead of what was saved before. */
    void save(List<SeenPeer> peers);

    /** A server of the table, and when it last answered. */
    record SeenPeer(PeerAddresses peer, Instant seenAt) {}
}

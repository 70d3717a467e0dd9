package sotto.libp2p.kad;

import java.util.concurrent.CompletionStage;
import sotto.libp2p.host.HostException;

/** Asks other peers: {@link Requests} over a host's connections, a simulator over a world of its own. */
interface Asker {
    /** The answer of {@code peer}, on the loop; fails with {@link HostException} if there is none in time. */
    CompletionStage<Answer> ask(Peer peer, Request request);

    /** A lookup begins, for which others are about to be asked; on the loop. */
    default void onLookup() {}
}

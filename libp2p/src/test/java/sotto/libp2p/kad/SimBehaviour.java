package sotto.libp2p.kad;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import sotto.libp2p.bytes.WireException;

/** How a node answers. */
interface SimBehaviour {
    /** Out of this room's own server. */
    SimBehaviour HONEST = (node, request, from, now) -> node.server.answer(request, from.id(), now);

    /** Says that it keeps what it does not keep, and has nothing. */
    SimBehaviour DROPPING = (node, request, from, now) -> request instanceof Request.PutValue put
            ? Optional.of(new Answer(Optional.of(new Answer.Value(put.value(), now.wall())), List.of(), List.of()))
            : withoutValue(HONEST.answer(node, request, from, now));

    Optional<Answer> answer(SimNode node, Request request, Peer from, Moment now) throws WireException;

    /** One of a gang: keeps nothing, and names nobody but others of the gang, ever different ones. */
    static SimBehaviour conspiring(List<Peer> gang, SplittableRandom random) {
        return (node, request, from, now) -> {
            Optional<Answer> said = DROPPING.answer(node, request, from, now);
            boolean hasNoPeers = request instanceof Request.PutValue || request instanceof Request.Ping;
            List<Peer> named = hasNoPeers
                    ? List.of()
                    : Stream.generate(() -> gang.get(random.nextInt(gang.size())))
                            .limit(KadConstants.REPLICATION)
                            .toList();
            return said.map(answer -> new Answer(answer.value(), named, List.of()));
        };
    }

    /** Has nothing, and names peers that do not exist. */
    static SimBehaviour babbling(SplittableRandom random) {
        return (node, request, from, now) -> Optional.of(new Answer(
                Optional.empty(),
                Stream.generate(() -> Peers.peer(random))
                        .limit(KadConstants.REPLICATION)
                        .toList(),
                List.of()));
    }

    private static Optional<Answer> withoutValue(Optional<Answer> answer) {
        return answer.map(said -> new Answer(Optional.empty(), said.closer(), said.providers()));
    }
}

package sotto.node.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.directory.SealedRecord;
import sotto.node.wire.Protocols;

/** Connects to nodes of a simulated world and asks each of them for records, as slowly as strangers are answered. */
final class RecordCrawler {
    /** Four questions a second are answered to one address. */
    private static final Duration PACE = Duration.ofMillis(600);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final VirtualTime time;
    private final SimNetwork network;
    private final VirtualLoop loop;
    private final Exchanges exchanges;

    RecordCrawler(VirtualTime time, SimNetwork network) {
        this.time = time;
        this.network = network;
        this.loop = time.newLoop("crawler");
        this.exchanges = new Exchanges(loop);
    }

    /** Which of {@code nodes}, by their places in the list, answer one of {@code questions} with anything but an empty message. */
    Set<Integer> answering(List<Multiaddr> nodes, List<Bytes> questions) {
        SimHost host = new SimHost(network, loop, network.freeAddress());
        List<Connection> connections = new ArrayList<>();
        nodes.forEach(node -> connections.add(await(host.connect(node))));
        Set<Integer> answering = new TreeSet<>();
        for (Bytes question : questions) {
            for (int i = 0; i < connections.size(); i++) {
                int place = i;
                exchanges
                        .ask(connections.get(i), Protocols.RECORD, question, SealedRecord.SIZE_BYTES)
                        .thenAccept(answer -> {
                            if (!answer.isEmpty()) {
                                answering.add(place);
                            }
                        });
            }
            time.advance(PACE);
        }
        host.close();
        return answering;
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        time.advanceUntil(future::isDone, PATIENCE);
        return future.join();
    }
}

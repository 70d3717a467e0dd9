package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.libp2p.runtime.VirtualTime;

/** Proves that a question which cannot be answered leaves its place to the next one. */
class ExchangesTest {
    private static final ProtocolId PROTOCOL = new ProtocolId("/test/1");
    private static final int QUESTIONS = 50;

    private final VirtualTime time = new VirtualTime(1);
    private final SimNetwork network = new SimNetwork(new SplittableRandom(1));

    @Test
    void whatAnsweringThrowsTakesNoPlaceForEver() {
        VirtualLoop loop = time.newLoop("answers");
        SimHost there = new SimHost(network, loop, network.freeAddress());
        List<Bytes> asked = new ArrayList<>();
        new Exchanges(loop).serve(there, PROTOCOL, 1, (connection, question) -> {
            asked.add(question);
            throw new IllegalStateException("no answer to anything");
        });
        VirtualLoop own = time.newLoop("asks");
        SimHost here = new SimHost(network, own, network.freeAddress());
        there.start();
        time.advance(Duration.ofSeconds(1));
        CompletableFuture<Connection> connected =
                here.connect(there.listenAddresses().get(0)).toCompletableFuture();
        time.advance(Duration.ofSeconds(1));
        Exchanges exchanges = new Exchanges(own);
        for (int i = 0; i < QUESTIONS; i++) {
            CompletableFuture<Bytes> answer = exchanges
                    .ask(connected.join(), PROTOCOL, Bytes.utf8("?"), 1)
                    .toCompletableFuture();
            time.advance(Duration.ofSeconds(20));
            assertTrue(answer.isCompletedExceptionally());
        }
        assertEquals(QUESTIONS, asked.size());
    }
}

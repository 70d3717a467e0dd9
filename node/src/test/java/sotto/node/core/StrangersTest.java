package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.MessageStream;
import sotto.libp2p.host.Stream;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.wire.AskToken;
import sotto.node.wire.KnockBlock;
import sotto.node.wire.Protocols;
import sotto.node.wire.RecognitionMessage;

/** Proves what somebody who is no contact can and cannot make a node do. */
class StrangersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final VirtualTime time = new VirtualTime(7);
    private final SimNetwork network = new SimNetwork(new SplittableRandom(7));
    private final Multiaddr home = network.freeAddress();
    private final SimNode alice = new SimNode("Alice", time, network, () -> home);
    private final VirtualLoop loop = time.newLoop("stranger");
    private final SimHost stranger = new SimHost(network, loop, network.freeAddress());
    private final Exchanges exchanges = new Exchanges(loop);

    @BeforeEach
    void createAlice() {
        alice.create();
    }

    @Test
    void everyKnockGetsTheSameAnswer() {
        for (Bytes block : List.of(network.fresh(KnockBlock.SIZE_BYTES), network.fresh(10), Bytes.EMPTY)) {
            assertEquals(KnockBlock.ANSWER, await(ask(connect(), Protocols.KNOCK, block)));
        }
    }

    @Test
    void recognitionAnswersOncePerConnectionAndShowsNothing() {
        Connection connection = connect();
        Bytes offer = network.fresh(RecognitionMessage.ENTRIES_MIN * RecognitionMessage.TAG_BYTES);
        Bytes sorted = new RecognitionMessage(entries(offer)).encode();
        assertEquals(
                sorted.size(),
                await(ask(connection, Protocols.RECOGNIZE, sorted)).size());
        assertEquals(Bytes.EMPTY, await(ask(connection, Protocols.RECOGNIZE, sorted)));
    }

    @Test
    void aFloodIsRefusedAndOthersAreNot() {
        int answered = 0;
        for (int i = 0; i < 200; i++) {
            Bytes offer = new RecognitionMessage(entries(network.fresh(4096))).encode();
            answered += await(ask(connect(), Protocols.RECOGNIZE, offer)).isEmpty() ? 0 : 1;
        }
        assertTrue(answered < 200, "all 200 offers were answered");
        assertTrue(answered >= 32, "an ordinary number of offers was refused: " + answered);
    }

    @Test
    void halfQuestionsAreFewPerConnection() {
        Connection connection = connect();
        AtomicInteger held = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            Stream stream = await(connection.open(List.of(Protocols.RECOGNIZE)));
            held.incrementAndGet();
            new MessageStream(stream, KnockBlock.SIZE_BYTES).read(new Counting(held));
            stream.write(Bytes.ofHex("808004"));
        }
        time.advance(Duration.ofSeconds(1));
        assertEquals(8, held.get());
        // Given up in time, they make room again.
        time.advance(PATIENCE);
        assertEquals(KnockBlock.ANSWER, await(ask(connection, Protocols.KNOCK, Bytes.EMPTY)));
    }

    /** Counts down when its stream is gone. */
    private record Counting(AtomicInteger held) implements MessageStream.Reader {
        @Override
        public void onMessage(Bytes message) {
            // Nothing is answered to half a question.
        }

        @Override
        public void onEnd() {
            // Nothing was said.
        }

        @Override
        public void onReset() {
            held.decrementAndGet();
        }
    }

    @Test
    void theSessionProtocolIsNotThereForStrangers() {
        var opened = connect().open(List.of(Protocols.SESSION)).toCompletableFuture();
        time.advance(PATIENCE);
        assertTrue(opened.isCompletedExceptionally());
    }

    @Test
    void aQuestionThatNeverEndsIsEndedHere() {
        Stream stream = await(connect().open(List.of(Protocols.RECORD)));
        MessageStream messages = new MessageStream(stream, RecognitionMessage.SIZE_BYTES_MAX);
        List<String> seen = new ArrayList<>();
        messages.read(new Noting(seen));
        messages.write(network.fresh(AskToken.SIZE_BYTES));
        time.advance(PATIENCE);
        assertEquals(List.of("message", "end", "reset"), seen);
    }

    @Test
    void anAnswerThatNeverEndsIsEndedHere() {
        List<String> seen = new ArrayList<>();
        stranger.handle(Protocols.KNOCK, stream -> {
            MessageStream messages = new MessageStream(stream, KnockBlock.SIZE_BYTES);
            messages.read(new Noting(seen));
            messages.write(KnockBlock.ANSWER);
        });
        await(stranger.start());
        SimHost asking = new SimHost(network, loop, network.freeAddress());
        Connection connection = await(asking.connect(stranger.listenAddresses().get(0)));
        assertEquals(KnockBlock.ANSWER, await(ask(connection, Protocols.KNOCK, Bytes.EMPTY)));
        time.advance(PATIENCE);
        assertEquals(List.of("message", "end", "reset"), seen);
    }

    /** Notes what a stream's other end does. */
    private record Noting(List<String> seen) implements MessageStream.Reader {
        @Override
        public void onMessage(Bytes message) {
            seen.add("message");
        }

        @Override
        public void onEnd() {
            seen.add("end");
        }

        @Override
        public void onReset() {
            seen.add("reset");
        }
    }

    private static List<Bytes> entries(Bytes random) {
        List<Bytes> entries = new ArrayList<>();
        for (int at = 0; at < random.size(); at += RecognitionMessage.TAG_BYTES) {
            entries.add(random.slice(at, at + RecognitionMessage.TAG_BYTES));
        }
        return entries;
    }

    private Connection connect() {
        return await(stranger.connect(home));
    }

    private CompletionStage<Bytes> ask(Connection connection, sotto.libp2p.host.ProtocolId protocol, Bytes question) {
        return exchanges.ask(connection, protocol, question, RecognitionMessage.SIZE_BYTES_MAX);
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        time.advanceUntil(future::isDone, PATIENCE);
        return future.join();
    }
}

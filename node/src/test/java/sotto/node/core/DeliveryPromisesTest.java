package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import sotto.libp2p.runtime.Seeds;
import sotto.node.api.AccountId;
import sotto.node.api.Message;

/** Proves that nothing written is lost, doubled or reordered, whatever breaks in between: promise 3. */
class DeliveryPromisesTest {
    private static final int SEEDS = 60;

    @Test
    void everyHistoryKeepsItsPromises() {
        SimHistory.Report all = new SimHistory.Report();
        Seeds.forEachSeed(SEEDS, seed -> all.add(SimHistory.play(seed)));
        assertTrue(all.hasEveryFault(), all::toString);
    }

    /** Otherwise its counter would be given once more, and what it is given to be taken for a duplicate there. */
    @Test
    void nothingIsSentThatACrashCouldTakeBack() {
        SimPair pair = new SimPair(7);
        AccountId bob = SimPair.contactOf(pair.alice).id();
        CompletionStage<Message> first = pair.alice.node().send(bob, "one");
        pair.time.runUntilIdle();
        pair.alice.disk().setHanging(true);
        CompletionStage<Message> second = pair.alice.node().send(bob, "two");
        pair.time.advance(SimPair.LONG_ENOUGH);
        assertTrue(first.toCompletableFuture().isDone());
        assertFalse(second.toCompletableFuture().isDone());
        assertEquals(List.of("one"), SimPair.texts(pair.bob));

        pair.alice.crash();
        pair.alice.disk().setHanging(false);
        pair.alice.restart();
        SimPair.write(pair.alice, "three");
        pair.time.advance(SimPair.LONG_ENOUGH);
        assertEquals(List.of("one", "three"), SimPair.texts(pair.alice));
        assertEquals(List.of("one", "three"), SimPair.texts(pair.bob));
    }
}

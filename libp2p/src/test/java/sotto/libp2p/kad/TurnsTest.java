package sotto.libp2p.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Proves that whoever waits gets a turn, however the turns before it ended. */
class TurnsTest {
    private final Turns turns = new Turns(1);

    @Test
    void othersWaitUntilOneHasEnded() {
        CompletableFuture<Integer> first = new CompletableFuture<>();
        turns.take(() -> first);
        CompletionStage<Integer> second = turns.take(() -> CompletableFuture.completedFuture(2));
        assertFalse(second.toCompletableFuture().isDone());
        first.complete(1);
        assertEquals(2, second.toCompletableFuture().join());
    }

    @Test
    void workThatThrowsFailsAndCostsNoTurn() {
        CompletionStage<Integer> broken = turns.take(() -> {
            throw new IllegalStateException("broken");
        });
        assertTrue(broken.toCompletableFuture().isCompletedExceptionally());
        assertEquals(
                1,
                turns.take(() -> CompletableFuture.completedFuture(1))
                        .toCompletableFuture()
                        .join());
    }

    @Test
    void thousandsThatEndAtOnceAllGetTheirTurn() {
        CompletableFuture<Integer> first = new CompletableFuture<>();
        turns.take(() -> first);
        List<CompletionStage<Integer>> others = new ArrayList<>();
        for (int i = 0; i < 4_096; i++) {
            others.add(turns.take(() -> CompletableFuture.completedFuture(2)));
        }
        first.complete(1);
        others.forEach(each -> assertEquals(2, each.toCompletableFuture().getNow(0)));
    }
}
